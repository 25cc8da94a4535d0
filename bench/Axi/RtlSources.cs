namespace Spanker.Conformance.Bench.Axi;

/// <summary>The circuits that are measured, unpacked from this assembly, so that they are there wherever it runs from.</summary>
internal static class RtlSources
{
    private static readonly string[] Names = ["axi_memory.sv", "abi/axi_memory_slave.cpp", "abi/spanker_axi_slave.h"];

    /// <summary>Writes them into a folder, laid out as in rtl/.</summary>
    public static void Unpack(string folder)
    {
        foreach (string name in Names)
        {
            string path = Path.Combine(folder, name);
            _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using Stream packed = typeof(RtlSources).Assembly.GetManifestResourceStream($"rtl/{name}") ?? throw new InvalidOperationException($"this assembly has no resource 'rtl/{name}'");
            using FileStream file = File.Create(path);
            packed.CopyTo(file);
        }
    }
}

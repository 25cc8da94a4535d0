using Spanker.Conformance.Bench.Axi;
using Spanker.Conformance.Tests.Support;

namespace Spanker.Conformance.Tests.Rtl;

/// <summary>rtl/axi_memory.sv as a library, built once: with latency and stalls, on which no meaning may depend.</summary>
internal static class BuiltSlave
{
    private static readonly Lazy<string> Built = new(() =>
    {
        string library = VerilatedMemory.Build(RepositoryRoot.File("rtl"), BuildFolder.PathOf("slave"), latencyCycles: 2, stalls: 5, isOptimized: false);
        return BuildFolder.Keep(Path.GetDirectoryName(library)!, Path.GetFileName(library));
    });

    public static string Library => Built.Value;
}

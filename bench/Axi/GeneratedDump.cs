using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Bus;

namespace Spanker.Conformance.Bench;

/// <summary>A large VCD file of generation-A traffic, made from a seed in the temporary folder and removed at the end.</summary>
internal sealed class GeneratedDump : IDisposable
{
    /// <summary>The file is no smaller.</summary>
    public const long LeastBytes = 500_000_000;

    private const int ResetCycles = 8;
    private const int BeatsOfBurst = 64;
    private const int StallOf256 = 48;
    private const ulong Seed = 11;

    private static readonly Lazy<GeneratedDump> Only = new(() => new GeneratedDump());

    private readonly string folder = Directory.CreateTempSubdirectory("spanker-bench-dump-").FullName;

    private GeneratedDump()
    {
        using FileStream file = File.Create(FilePath);
        using BufferedStream buffer = new(file, 1 << 20);
        using AxiVcdRecorder recorder = new(buffer, AxiBusShape.ProfileA, "tb.dut");
        AxiCycle pins = new() { Reset = AxiBit.High };
        for (int cycle = 0; cycle < 2 * ResetCycles; cycle++)
        {
            pins.Reset = cycle < ResetCycles ? AxiBit.High : AxiBit.Low;
            recorder.Push(pins);
        }

        MeasuredTraffic traffic = new(BeatsOfBurst, StallOf256, Seed);
        for (Cycles = 2 * ResetCycles; file.Position < LeastBytes; Cycles++)
        {
            recorder.Push(traffic.Next());
        }
    }

    /// <summary>This process's own; made when it is first asked for.</summary>
    public static GeneratedDump Here => Only.Value;

    /// <summary>The file.</summary>
    public string FilePath => Path.Combine(folder, "traffic.vcd");

    /// <summary>Rising edges of the clock.</summary>
    public long Cycles { get; }

    /// <summary>Its size.</summary>
    public long Bytes => new FileInfo(FilePath).Length;

    /// <summary>Where another program may put what it makes of the file.</summary>
    public string OutputPath => Path.Combine(folder, "traffic.fst");

    /// <summary>Removes the file, if it was made.</summary>
    public static void Remove()
    {
        if (Only.IsValueCreated)
        {
            Only.Value.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(folder, recursive: true);
}

using System.Collections.Concurrent;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Vcd;

namespace Spanker.Conformance.Tests.Rtl;

/// <summary>One simulation of the pair: what the simulator printed, and what its dump says. Each is made once.</summary>
internal sealed record PairRun(PairLog Log, IReadOnlyList<BusVerdict> Interfaces)
{
    private static readonly ConcurrentDictionary<(Simulator, int), Lazy<PairRun>> Runs = new();

    /// <summary>The bus itself, between the faults of both sides.</summary>
    public BusVerdict Bus => Interfaces.Single(each => each.Interface.Name.EndsWith("axi_pair_tb.axi", StringComparison.Ordinal));

    /// <summary>The simulation of a fault.</summary>
    public static PairRun Of(Simulator simulator, int fault) =>
        Runs.GetOrAdd((simulator, fault), key => new Lazy<PairRun>(() => Make(key.Item1, key.Item2))).Value;

    /// <summary>The bytes of the dump of a fault.</summary>
    public static byte[] DumpOf(Simulator simulator, int fault)
    {
        string path = BuildFolder.PathOf($"{simulator}-{fault}-bytes.vcd");
        _ = PairModel.Run(simulator, fault, path);
        byte[] dump = File.ReadAllBytes(path);
        File.Delete(path);
        return dump;
    }

    /// <summary>What a dump says.</summary>
    public static IReadOnlyList<BusVerdict> Read(Func<Stream> open) =>
        VcdBusCheck.Check(open, map: null, AxiCheckOptions.GenerationA, keepsTransactions: true, CancellationToken.None);

    private static PairRun Make(Simulator simulator, int fault)
    {
        string path = BuildFolder.PathOf($"{simulator}-{fault}.vcd");
        string[] log = PairModel.Run(simulator, fault, path);
        PairRun run = new(new PairLog(log), Read(() => VcdReader.OpenFile(path)));
        File.Delete(path);
        return run;
    }
}

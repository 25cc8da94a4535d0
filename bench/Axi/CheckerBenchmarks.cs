using BenchmarkDotNet.Attributes;
using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Bench;

/// <summary>The checker, all rules of generation A armed with a shadow of the memory: cycles a second.</summary>
public class CheckerBenchmarks
{
    /// <summary>Cycles of an iteration.</summary>
    public const int Cycles = 2_000_000;

    /// <summary>Cycles of an iteration of what keeps what it saw.</summary>
    public const int FewCycles = 400_000;

    private const ulong Seed = 7;
    private const int LongBurst = 128;
    private const int ShortBurst = 16;
    private const int StallOf256 = 96;

    private MeasuredTraffic traffic = new(LongBurst, 0, Seed);
    private AxiChecker checker = new(AxiBusShape.ProfileA, AxiCheckOptions.GenerationA);
    private ulong seen;

    /// <summary>
    /// The runtime compiles what it has seen run: all kinds of traffic run for a moment before the first row, so that no row is measured with code
    /// that was made for another.
    /// </summary>
    static CheckerBenchmarks()
    {
        foreach ((int beats, int stallOf256) in ((int, int)[])[(ShortBurst, StallOf256), (ShortBurst, 0), (LongBurst, 0), (ShortBurst, StallOf256)])
        {
            MeasuredTraffic traffic = new(beats, stallOf256, Seed);
            AxiChecker checker = new(AxiBusShape.ProfileA, AxiCheckOptions.GenerationA, stallOf256 > 0 ? new AxiRecorder(AxiBusShape.ProfileA) : null);
            for (int cycle = 0; cycle < FewCycles; cycle++)
            {
                checker.Push(traffic.Next());
            }
        }
    }

    /// <summary>Prepares the row.</summary>
    [GlobalSetup(Target = nameof(TrafficAlone))]
    public void PrepareTrafficAlone() => Begin(nameof(TrafficAlone), LongBurst, stallOf256: 0);

    /// <summary>The pins of dense traffic, made and looked at.</summary>
    [Benchmark(OperationsPerInvoke = Cycles)]
    public void TrafficAlone()
    {
        RowLoad.Count(Cycles);
        for (int cycle = 0; cycle < Cycles; cycle++)
        {
            ref readonly AxiCycle pins = ref traffic.Next();
            seen ^= pins.W.Data[0] ^ pins.R.Data[3];
        }
    }

    /// <summary>Prepares the row.</summary>
    [GlobalSetup(Target = nameof(Dense))]
    public void PrepareDense() => Begin(nameof(Dense), LongBurst, stallOf256: 0);

    /// <summary>Bursts of 128 beats, a beat of W and of R in every cycle.</summary>
    [Benchmark(OperationsPerInvoke = Cycles)]
    public void Dense() => Check();

    /// <summary>Prepares the row.</summary>
    [GlobalSetup(Target = nameof(DenseShort))]
    public void PrepareDenseShort() => Begin(nameof(DenseShort), ShortBurst, stallOf256: 0);

    /// <summary>Bursts of 16 beats, a beat of W and of R in every cycle.</summary>
    [Benchmark(OperationsPerInvoke = Cycles)]
    public void DenseShort() => Check();

    /// <summary>Prepares the row.</summary>
    [GlobalSetup(Target = nameof(Stalled))]
    public void PrepareStalled() => Begin(nameof(Stalled), ShortBurst, StallOf256);

    /// <summary>Bursts of 16 beats; each VALID and READY is held back in three cycles of eight, and an eighth of the beats leaves lanes out.</summary>
    [Benchmark(OperationsPerInvoke = Cycles)]
    public void Stalled() => Check();

    /// <summary>Prepares the row.</summary>
    [GlobalSetup(Target = nameof(Idle))]
    public void PrepareIdle() => Begin(nameof(Idle), LongBurst, stallOf256: 0);

    /// <summary>Nothing is on the bus.</summary>
    [Benchmark(OperationsPerInvoke = Cycles)]
    public void Idle()
    {
        RowLoad.Count(Cycles);
        AxiCycle pins = default;
        for (int cycle = 0; cycle < Cycles; cycle++)
        {
            checker.Push(pins);
        }
    }

    /// <summary>Prepares the row.</summary>
    [GlobalSetup(Target = nameof(Recorded))]
    public void PrepareRecorded() => RowLoad.Begin(nameof(Recorded), 1);

    /// <summary>An empty recorder.</summary>
    [IterationSetup(Target = nameof(Recorded))]
    public void Record() => Start(ShortBurst, stallOf256: 0, new AxiRecorder(AxiBusShape.ProfileA));

    /// <summary>As <see cref="DenseShort"/>, and the transactions are kept.</summary>
    [Benchmark(OperationsPerInvoke = FewCycles)]
    public void Recorded()
    {
        RowLoad.Count(FewCycles);
        for (int cycle = 0; cycle < FewCycles; cycle++)
        {
            checker.Push(traffic.Next());
        }
    }

    /// <summary>Ends the row. Traffic that keeps the rules was judged, so a rule that it breaks is a fault of what is measured.</summary>
    [GlobalCleanup]
    public void End()
    {
        RowLoad.End();
        AxiVerdict verdict = checker.Finish();
        if (verdict.Rules.FirstOrDefault(rule => rule.Outcome == AxiOutcome.Fail && rule.Rule.Severity != AxiSeverity.Warning) is AxiRuleResult broken)
        {
            throw new InvalidOperationException($"legal traffic broke {broken.Rule.Id}: {broken.Findings[0]} ({seen})");
        }
    }

    private void Check()
    {
        RowLoad.Count(Cycles);
        for (int cycle = 0; cycle < Cycles; cycle++)
        {
            checker.Push(traffic.Next());
        }
    }

    private void Begin(string row, int beats, int stallOf256)
    {
        Start(beats, stallOf256, recorder: null);
        RowLoad.Begin(row, 1);
    }

    private void Start(int beats, int stallOf256, AxiRecorder? recorder)
    {
        traffic = new(beats, stallOf256, Seed);
        checker = new(AxiBusShape.ProfileA, AxiCheckOptions.GenerationA, recorder);
    }
}

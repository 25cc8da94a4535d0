using Spanker.Conformance.Axi4;
using Spanker.Conformance.Tests.Support;

namespace Spanker.Conformance.Tests.Axi4.Bench;

/// <summary>
/// Random traffic that keeps every rule: a master and a slave clocked together, with stalls on every channel, W before and after AW,
/// several ids outstanding, R interleaved, junk on payloads whose VALID is low, and a memory that is right.
/// </summary>
internal sealed class LegalTraffic
{
    private readonly SplitMix64 random;
    private readonly TrafficPlan plan;
    private readonly LegalWrites writes;
    private readonly LegalReads reads;

    public LegalTraffic(ulong seed, TrafficPlan plan)
    {
        random = new(seed);
        this.plan = plan;
        TestMemory memory = new();
        TrafficBursts bursts = new(random, plan);
        writes = new(random, plan, memory, bursts.Draw(isRead: false));
        reads = new(random, plan, memory, bursts.Draw(isRead: true));
    }

    /// <summary>The transactions in the order of their addresses, writes and reads apart.</summary>
    public IReadOnlyList<PlannedBurst> Writes => writes.Bursts;

    public IReadOnlyList<PlannedBurst> Reads => reads.Bursts;

    public int WritesAhead => writes.DataAhead;

    public int Interleavings => reads.Interleavings;

    /// <summary>The cycles: reset, traffic until all is answered, and a quiet end.</summary>
    public IEnumerable<AxiCycle> Cycles(int quietCycles = 100)
    {
        for (int cycle = 0; cycle < 5; cycle++)
        {
            AxiCycle pins = Junk();
            pins.Reset = AxiBit.High;
            yield return pins;
        }

        AxiCycle idle = Junk();
        yield return idle;
        for (int cycle = 0; !(writes.IsDone && reads.IsDone); cycle++)
        {
            if (cycle > 100_000)
            {
                throw new InvalidOperationException("the traffic does not end: a bug of the tests");
            }

            AxiCycle pins = Junk();
            writes.Drive(ref pins);
            reads.Drive(ref pins);
            yield return pins;
            writes.Clock(pins);
            reads.Clock(pins);
        }

        for (int cycle = 0; cycle < quietCycles; cycle++)
        {
            yield return Junk();
        }
    }

    /// <summary>VALID low, READY as it likes, payload random or x.</summary>
    private AxiCycle Junk()
    {
        AxiCycle pins = default;
        foreach (AxiSignal signal in Enum.GetValues<AxiSignal>())
        {
            bool isValid = signal is AxiSignal.AwValid or AxiSignal.WValid or AxiSignal.BValid or AxiSignal.ArValid or AxiSignal.RValid;
            if (plan.Shape.Signals.Has(signal) && signal != AxiSignal.Reset && !isValid)
            {
                bool isReady = signal is AxiSignal.AwReady or AxiSignal.WReady or AxiSignal.BReady or AxiSignal.ArReady or AxiSignal.RReady;
                int width = plan.Shape.WidthOf(signal);
                ulong mask = width >= 64 ? ulong.MaxValue : (1UL << width) - 1;
                pins.Set(signal, random.Next() & mask, isReady || random.OneIn(2) ? 0 : random.Next() & mask);
            }
        }

        return pins;
    }
}

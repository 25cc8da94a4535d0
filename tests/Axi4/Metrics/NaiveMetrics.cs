using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Tests.Axi4.Metrics;

/// <summary>Metrics of a whole trace that is at hand, each by its definition and without regard to time and memory.</summary>
internal sealed class NaiveMetrics(AxiCycle[] cycles, IReadOnlyList<AxiTransaction> transactions)
{
    public long Active => cycles.Count(pins => pins.Reset == AxiBit.Low);

    public AxiChannelUse Use(AxiChannel channel)
    {
        long[] uses = new long[4];
        for (int cycle = 0; cycle < cycles.Length; cycle++)
        {
            if (cycles[cycle].Reset == AxiBit.Low)
            {
                (AxiBit valid, AxiBit ready) = Handshake(cycles[cycle], channel);
                bool isRead = channel is AxiChannel.ReadAddress or AxiChannel.ReadData;
                uses[valid == AxiBit.High ? (ready == AxiBit.High ? 0 : 1) : ready == AxiBit.High && IsUnderWay(cycle, isRead) ? 2 : 3]++;
            }
        }

        return new(channel, uses[0], uses[1], uses[2], uses[3]);
    }

    /// <summary>Outstanding at the end of a cycle.</summary>
    public int Outstanding(int cycle, bool isRead) => transactions.Count(done => done.IsRead == isRead && done.AddressCycle <= cycle && done.LastCycle > cycle);

    public long Bytes(bool isRead) => transactions.Where(done => done.IsRead == isRead).Sum(done => done.Beats.Sum(beat => (long)UInt128.PopCount(beat.Strobe)));

    /// <summary>The durations of a stage, shortest first.</summary>
    public long[] Durations(bool isRead, AxiStage stage) => [.. transactions.Where(done => done.IsRead == isRead).Select(done => stage switch
    {
        AxiStage.AddressWait => done.AddressCycle - done.RequestCycle,
        AxiStage.AddressToFirstData => done.Beats[0].Cycle - done.AddressCycle,
        AxiStage.FirstToLastData => done.Beats[^1].Cycle - done.Beats[0].Cycle,
        AxiStage.LastDataToResponse => done.LastCycle - done.Beats[^1].Cycle,
        _ => done.LastCycle - done.RequestCycle,
    }).Order()];

    /// <summary>The smallest duration that at least so many hundredths of all do not exceed.</summary>
    public static long Percentile(long[] durations, int percent) =>
        durations.First(duration => durations.Count(other => other <= duration) * 100 >= percent * durations.Length);

    private static (AxiBit Valid, AxiBit Ready) Handshake(AxiCycle pins, AxiChannel channel) => channel switch
    {
        AxiChannel.WriteAddress => (pins.Aw.Valid, pins.Aw.Ready),
        AxiChannel.WriteData => (pins.W.Valid, pins.W.Ready),
        AxiChannel.WriteResponse => (pins.B.Valid, pins.B.Ready),
        AxiChannel.ReadAddress => (pins.Ar.Valid, pins.Ar.Ready),
        _ => (pins.R.Valid, pins.R.Ready),
    };

    private bool IsUnderWay(int cycle, bool isRead) =>
        Enum.GetValues<AxiChannel>().Any(channel => channel is AxiChannel.ReadAddress or AxiChannel.ReadData == isRead && Handshake(cycles[cycle], channel).Valid == AxiBit.High)
        || transactions.Any(done => done.IsRead == isRead && Math.Min(done.AddressCycle, done.Beats[0].Cycle) < cycle && cycle <= done.LastCycle);
}

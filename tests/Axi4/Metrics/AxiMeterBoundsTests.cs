using Spanker.Conformance.Axi4;
using Spanker.Conformance.Tests.Axi4.Bench;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Metrics;

/// <summary>What a long trace costs, and what it is told in.</summary>
public sealed class AxiMeterBoundsTests
{
    private static readonly AxiBusShape Shape = new(dataBits: 32, addressBits: 32, idBits: 16);

    [Fact]
    public void A_cycle_allocates_nothing_and_a_transaction_little_once_the_meter_has_seen_such_traffic()
    {
        LegalTraffic traffic = new(seed: 11, new(AxiBusShape.ProfileA, Transactions: 100) { IsProfileA = true });
        AxiCycle[] cycles = [.. traffic.Cycles().Where(pins => pins.Reset == AxiBit.Low)];
        AxiMeter meter = new(AxiBusShape.ProfileA);
        Push(meter, cycles);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Push(meter, cycles);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // What is left is words for a finding that is then none.
        int transactions = traffic.Writes.Count + traffic.Reads.Count;
        Assert.True(allocated <= 128 * transactions, $"{allocated} bytes in {cycles.Length} cycles of {transactions} transactions");
    }

    // 480 buckets hold 480, 960, .. 480 * 2^k cycles; one cycle more doubles their length and leaves half of them and one.
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(480, 1, 480)]
    [InlineData(481, 2, 241)]
    [InlineData(960, 2, 480)]
    [InlineData(1_000_000, 4096, 245)]
    public void A_trace_is_told_in_at_most_480_stretches_of_equal_length(int cycles, long bucketCycles, int buckets)
    {
        AxiMeter meter = new(Shape);
        AxiCycle pins = default;
        for (int cycle = 0; cycle < cycles; cycle++)
        {
            meter.Push(pins);
        }

        AxiMetrics metrics = meter.Measure();

        Assert.Equal((bucketCycles, buckets), (metrics.BucketCycles, metrics.Buckets.Count));
        Assert.All(metrics.Buckets.SkipLast(1), bucket => Assert.Equal(bucketCycles, bucket.ActiveCycles));
    }

    // Batch k: a thousand reads asked for in cycles 0 to 999 and answered from cycle 1000 + 2000 k on, the last first. So read i lasts 1999 - 2 i + 2000 k cycles:
    // 1, 3, 5, .. 79999 over forty batches, each once.
    [Fact]
    public void Percentiles_of_more_durations_than_are_kept_are_rounded_down_to_a_stated_resolution()
    {
        AxiMeter meter = new(Shape);
        for (int batch = 0; batch < 40; batch++)
        {
            PushBatch(meter, waitCycles: 2000 * batch);
        }

        AxiLatency latency = meter.Measure().Directions[1].Latencies[(int)AxiStage.AddressToFirstData];

        Assert.Equal((40_000L, 1L, 79_999L, 40_000L), (latency.Count, latency.MinCycles, latency.MaxCycles, latency.SumCycles / 40_000));
        Assert.InRange(latency.ResolutionCycles, 2, 16);
        Assert.All(
            [(39_999, latency.P50Cycles), (75_999, latency.P95Cycles), (79_199, latency.P99Cycles)],
            ((long Exact, long Seen) pair) => Assert.Equal(pair.Exact - (pair.Exact % latency.ResolutionCycles), pair.Seen));
    }

    private static void Push(AxiMeter meter, AxiCycle[] cycles)
    {
        for (int cycle = 0; cycle < cycles.Length; cycle++)
        {
            meter.Push(cycles[cycle]);
        }
    }

    private static void PushBatch(AxiMeter meter, int waitCycles)
    {
        AxiCycle pins = default;
        pins.Ar.Ready = AxiBit.High;
        pins.Ar.Valid = AxiBit.High;
        for (int read = 0; read < 1000; read++)
        {
            pins.Ar.Id = (ulong)read;
            meter.Push(pins);
        }

        pins.Ar.Valid = AxiBit.Low;
        for (int cycle = 0; cycle < waitCycles; cycle++)
        {
            meter.Push(pins);
        }

        pins.R.Valid = AxiBit.High;
        pins.R.Ready = AxiBit.High;
        pins.R.Last = AxiBit.High;
        for (int read = 999; read >= 0; read--)
        {
            pins.R.Id = (ulong)read;
            meter.Push(pins);
        }
    }
}

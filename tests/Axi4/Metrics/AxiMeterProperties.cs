using FsCheck.Xunit;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Tests.Axi4.Bench;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Metrics;

/// <summary>The streaming meter against metrics by definition, and what holds of every measurement.</summary>
public sealed class AxiMeterProperties
{
    [Property(MaxTest = 40)]
    public void Channel_uses_of_random_traffic_are_those_by_definition(ulong seed, byte width)
    {
        (AxiMetrics metrics, NaiveMetrics naive, _) = Measure(seed, width);

        Assert.Equal(naive.Active, metrics.ActiveCycles);
        Assert.Equal(Enum.GetValues<AxiChannel>().Select(naive.Use), metrics.Channels);
    }

    [Property(MaxTest = 40)]
    public void Latencies_of_random_traffic_are_those_by_definition(ulong seed, byte width)
    {
        (AxiMetrics metrics, NaiveMetrics naive, _) = Measure(seed, width);

        foreach (AxiDirectionMetrics direction in metrics.Directions)
        {
            Assert.All(direction.Latencies, latency =>
            {
                long[] durations = naive.Durations(direction.IsRead, latency.Stage);
                Assert.Equal(
                    new(latency.Stage, durations.Length, durations.Sum(), durations[0], NaiveMetrics.Percentile(durations, 50), NaiveMetrics.Percentile(durations, 95), NaiveMetrics.Percentile(durations, 99), durations[^1], ResolutionCycles: 1),
                    latency);
            });
        }
    }

    [Property(MaxTest = 40)]
    public void Outstanding_and_bytes_of_random_traffic_are_those_by_definition(ulong seed, byte width)
    {
        (AxiMetrics metrics, NaiveMetrics naive, int cycles) = Measure(seed, width);

        Assert.All(metrics.Directions, direction =>
        {
            int[] outstanding = [.. Enumerable.Range(0, cycles).Select(cycle => naive.Outstanding(cycle, direction.IsRead))];
            Assert.Equal((outstanding.Max(), outstanding.Sum(), naive.Bytes(direction.IsRead)), (direction.MaxOutstanding, (int)direction.OutstandingCycles, direction.Bytes));
        });
    }

    [Property(MaxTest = 40)]
    public void Uses_add_up_to_the_active_cycles_and_stages_to_the_total_whatever_is_pushed(ulong seed, byte width, bool isBroken, ushort gapAt)
    {
        AxiCycle[] cycles = Cycles(seed, width, out AxiBusShape shape);
        AxiMeter meter = new(shape);
        for (int cycle = 0; cycle < cycles.Length; cycle++)
        {
            if (gapAt % cycles.Length == cycle)
            {
                meter.Gap();
            }

            // Every third cycle is shown twice in a broken trace: handshakes that belong to nothing.
            for (int times = isBroken && cycle % 3 == 0 ? 2 : 1; times > 0; times--)
            {
                meter.Push(cycles[cycle]);
            }
        }

        AxiMetrics metrics = meter.Measure();

        Assert.All(metrics.Channels, use => Assert.Equal(metrics.ActiveCycles, use.Transfer + use.Stall + use.Starve + use.Idle));
        Assert.All(metrics.Buckets, bucket => Assert.All(bucket.Channels, use => Assert.Equal(bucket.ActiveCycles, use.Transfer + use.Stall + use.Starve + use.Idle)));
        Assert.Equal(metrics.ActiveCycles, metrics.Buckets.Sum(bucket => bucket.ActiveCycles));
        Assert.All(metrics.Directions, direction => Assert.Equal(
            direction.Latencies.Single(latency => latency.Stage == AxiStage.Total).SumCycles,
            direction.Latencies.Where(latency => latency.Stage != AxiStage.Total).Sum(latency => latency.SumCycles)));
    }

    [Fact]
    public void The_random_traffic_starves_stalls_interleaves_and_leads_with_data()
    {
        (AxiMetrics metrics, _, _) = Measure(seed: 3, width: 3);

        Assert.All(metrics.Channels, use => Assert.True(use is { Transfer: > 0, Stall: > 0, Starve: > 0, Idle: > 0 }, $"{use}"));
        Assert.All(metrics.Directions, direction => Assert.True(direction.MaxOutstanding > 2, $"{direction.MaxOutstanding}"));
        Assert.True(metrics.Directions[0].Latencies[(int)AxiStage.AddressToFirstData].MinCycles < 0, "no data before its address");
    }

    private static AxiCycle[] Cycles(ulong seed, byte width, out AxiBusShape shape)
    {
        shape = new(8 << (width % 8), addressBits: 32, idBits: 3);

        // Of 20 durations, the ranks of the 50th and the 95th percentile are whole without rounding.
        return [.. new LegalTraffic(seed, new(shape, Transactions: 20) { Pace = 1 + (int)(seed % 3) }).Cycles()];
    }

    private static (AxiMetrics Metrics, NaiveMetrics Naive, int Cycles) Measure(ulong seed, byte width)
    {
        AxiCycle[] cycles = Cycles(seed, width, out AxiBusShape shape);
        AxiMeter meter = new(shape);
        AxiRecorder recorder = new(shape);
        AxiChecker checker = new(shape, AxiCheckOptions.Default, recorder);
        foreach (AxiCycle pins in cycles)
        {
            meter.Push(pins);
            checker.Push(pins);
        }

        _ = checker.Finish();
        return (meter.Measure(), new(cycles, recorder.Transactions), cycles.Length);
    }
}

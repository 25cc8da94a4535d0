using Spanker.Conformance.Axi4;
using Spanker.Conformance.Tests.Axi4.Bench;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Metrics;

/// <summary>Metrics of traces that were worked out by hand.</summary>
public sealed class AxiMeterTests
{
    /*
     * cycle     0  1  2  3  4  5  6  7  8  9 10 11 12
     * reset     1  1
     * AW                 v  v  T
     * W                     T        T                     READY alone in 6, and in 12
     * B                                       v  T
     * AR                    T
     * R                           T  v  T
     */
    private static readonly AxiMetrics Worked = Measure(Trace());

    public static TheoryData<AxiChannel, long, long, long, long> Uses => new()
    {
        { AxiChannel.WriteAddress, 1, 2, 0, 8 },
        { AxiChannel.WriteData, 2, 0, 1, 8 },
        { AxiChannel.WriteResponse, 1, 1, 0, 9 },
        { AxiChannel.ReadAddress, 1, 0, 0, 10 },
        { AxiChannel.ReadData, 2, 1, 0, 8 },
    };

    public static TheoryData<bool, AxiStage, long> Durations => new()
    {
        { false, AxiStage.AddressWait, 2 },
        { false, AxiStage.AddressToFirstData, -1 },
        { false, AxiStage.FirstToLastData, 3 },
        { false, AxiStage.LastDataToResponse, 3 },
        { false, AxiStage.Total, 7 },
        { true, AxiStage.AddressWait, 0 },
        { true, AxiStage.AddressToFirstData, 2 },
        { true, AxiStage.FirstToLastData, 2 },
        { true, AxiStage.Total, 4 },
    };

    [Theory]
    [MemberData(nameof(Uses))]
    public void Each_channel_is_in_the_uses_that_were_counted_by_hand(AxiChannel channel, long transfer, long stall, long starve, long idle) =>
        Assert.Equal(new(channel, transfer, stall, starve, idle), Worked.Channels.Single(use => use.Channel == channel));

    [Theory]
    [MemberData(nameof(Durations))]
    public void Each_stage_lasts_as_long_as_was_counted_by_hand(bool isRead, AxiStage stage, long cycles) =>
        Assert.Equal(
            new AxiLatency(stage, Count: 1, cycles, cycles, cycles, cycles, cycles, cycles, ResolutionCycles: 1),
            Direction(Worked, isRead).Latencies.Single(latency => latency.Stage == stage));

    [Fact]
    public void Cycles_in_reset_are_not_active() => Assert.Equal((13, 11), (Worked.Cycles, Worked.ActiveCycles));

    // Writes are outstanding at the end of cycles 5 to 9, reads of 4 to 7.
    [Theory]
    [InlineData(false, 1, 5)]
    [InlineData(true, 1, 4)]
    public void Outstanding_is_counted_from_the_address_to_the_last_handshake(bool isRead, int most, long sum) =>
        Assert.Equal((most, sum), (Direction(Worked, isRead).MaxOutstanding, Direction(Worked, isRead).OutstandingCycles));

    // Two beats of eight strobes, four of them low in the first; two beats of four lanes each on the wider bus.
    [Theory]
    [InlineData(false, 2, 12)]
    [InlineData(true, 2, 8)]
    public void Bytes_are_those_of_strobed_and_of_active_lanes(bool isRead, long beats, long bytes) =>
        Assert.Equal((beats, bytes), (Direction(Worked, isRead).Beats, Direction(Worked, isRead).Bytes));

    [Fact]
    public void Responses_count_once_a_write_and_once_a_beat_of_a_read()
    {
        Assert.Equal(new AxiResponseCounts(Okay: 0, ExOkay: 0, SlvErr: 1, DecErr: 0, Unknown: 0), Direction(Worked, isRead: false).Responses);
        Assert.Equal(new AxiResponseCounts(Okay: 1, ExOkay: 0, SlvErr: 0, DecErr: 1, Unknown: 0), Direction(Worked, isRead: true).Responses);
    }

    [Fact]
    public void Burst_lengths_are_counted_by_their_addresses() => Assert.Equal([new AxiBurstCount(2, 1)], Direction(Worked, isRead: true).BurstBeats);

    [Fact]
    public void A_read_that_a_reset_ended_has_no_latency_and_is_not_under_way()
    {
        Timeline line = Trace();
        line.Ar("aborted", line.Length + 1, Read(address: 0x2000, beats: 3));
        line.Reset(2);
        line.Idle(2);

        AxiDirectionMetrics reads = Direction(Measure(line), isRead: true);

        Assert.Equal((2L, 1L, 0), (reads.Started, reads.Finished, reads.UnderWay));
        Assert.All(reads.Latencies, latency => Assert.Equal(1, latency.Count));
        Assert.Equal([new AxiBurstCount(2, 1), new AxiBurstCount(3, 1)], reads.BurstBeats);
    }

    [Fact]
    public void What_is_not_answered_at_the_end_is_under_way()
    {
        Timeline line = Trace();
        line.Ar("open", line.Length + 1, Read(address: 0x2000, beats: 3));

        Assert.Equal(1, Direction(Measure(line), isRead: true).UnderWay);
    }

    [Fact]
    public void After_a_gap_a_read_is_counted_and_its_latencies_are_not()
    {
        Timeline line = Trace();
        line.Read("late", Read(address: 0x1000, beats: 1));
        line.Gap(12, 13);

        AxiMetrics metrics = Measure(line);

        AxiDirectionMetrics reads = Direction(metrics, isRead: true);
        Assert.Equal((1L, 2L, 1L), (metrics.Gaps, reads.Finished, reads.Unmeasured));
        Assert.All(reads.Latencies, latency => Assert.Equal(1, latency.Count));
    }

    [Fact]
    public void A_direction_without_whole_channels_is_not_reported()
    {
        AxiBusShape shape = Trace().Shape;
        AxiMeter meter = new(shape with { Signals = shape.Signals.Without(AxiSignalSet.Of(AxiSignal.BReady)) });

        Trace().PushTo(meter);

        Assert.True(Assert.Single(meter.Measure().Directions).IsRead);
    }

    private static Timeline Trace()
    {
        Timeline line = new(new(dataBits: 64, addressBits: 32, idBits: 4), AxiCheckOptions.Default);
        line.Reset(2);
        PlannedBurst write = new(false, 1, 0x1000, Beats: 2, Size: 3, Kind: 1);
        line.Aw("aw", 3, write, wait: 2);
        line.W("w0", 4, write, beat: 0, isLast: false, unstrobed: 0x0f);
        line.W("w1", 7, write, beat: 1, isLast: true);
        line.B("b", 9, id: 1, AxiResponse.SlvErr, wait: 1);
        PlannedBurst read = Read(address: 0x1004, beats: 2);
        line.Ar("ar", 4, read);
        line.R("r0", 6, read, beat: 0, isLast: false);
        line.R("r1", 7, read, beat: 1, isLast: true, AxiResponse.DecErr, wait: 1);
        line.Change(6, (ref AxiCycle pins) => pins.W.Ready = AxiBit.High);
        line.Change(12, (ref AxiCycle pins) => pins.W.Ready = AxiBit.High);
        return line;
    }

    private static PlannedBurst Read(ulong address, int beats) => new(true, 2, address, beats, Size: 2, Kind: 1);

    private static AxiDirectionMetrics Direction(AxiMetrics metrics, bool isRead) => metrics.Directions.Single(direction => direction.IsRead == isRead);

    private static AxiMetrics Measure(Timeline line)
    {
        AxiMeter meter = new(line.Shape);
        line.PushTo(meter);
        return meter.Measure();
    }
}

using Spanker.Conformance.Axi4;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Streams;

public sealed class StreamCheckerTests
{
    // Byte 15 of the second word is left out by KEEP, byte 14 by STRB, byte 13 by neither.
    [Theory]
    [InlineData(15, AxiOutcome.Pass)]
    [InlineData(14, AxiOutcome.Pass)]
    [InlineData(13, AxiOutcome.Fail)]
    public void X_in_the_data_matters_in_bytes_that_KEEP_and_STRB_both_have(int lane, AxiOutcome expected)
    {
        StreamScenario scenario = new StreamScenario().With(StreamScenario.Straight, pins => pins.Set(0, pins.Value(0), [0, 1UL << ((lane - 8) * 8)]));

        Assert.Equal(expected, scenario.Judge().Of(StreamRules.UnknownOf("data")).Outcome);
    }

    [Fact]
    public void A_pin_that_is_not_there_is_not_observable()
    {
        StreamChecker checker = new(new StreamShape([new("data", 8)]) { HasReset = false, IsFourState = false }, AxiCheckOptions.Default);

        string[] observable = [.. checker.Finish().Rules.Where(result => result.Outcome != AxiOutcome.NotObservable).Select(result => result.Rule.Id)];

        Assert.Equal(["STREAM_VALID_STABLE", "STREAM_DATA_STABLE", "STREAM_READY_MAX_WAIT", "STREAM_DEADLOCK"], observable);
    }

    [Fact]
    public void A_trace_without_a_transfer_exercises_only_the_rules_of_idle_cycles()
    {
        string[] passed = [.. new StreamScenario { Length = 6 }.Judge().Rules.Where(result => result.Outcome == AxiOutcome.Pass).Select(result => result.Rule.Id)];

        Assert.Equal(["STREAM_VALID_RESET", "STREAM_VALID_X", "STREAM_READY_X"], passed);
    }

    [Fact]
    public void Handshakes_out_of_reset_are_transfers() => Assert.Equal(2, new StreamScenario().Judge().Transfers);

    // VALID waits from cycle 8 on; a window of 6 quiet clocks is full after cycle 13.
    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public void A_trace_that_ends_while_VALID_waits_is_incomplete_until_a_quiet_window_has_passed(int moreWaits, bool isComplete) =>
        Assert.Equal(isComplete, new StreamScenario { MoreWaits = moreWaits, Length = StreamScenario.Taken }.Judge().IsComplete);

    // READY at x in the cycle before: the transfer may have happened, and what follows may be another.
    [Fact]
    public void A_payload_may_change_after_a_READY_that_is_x()
    {
        StreamScenario scenario = new StreamScenario().With(StreamScenario.Waiting, pins => pins.Ready = AxiBit.Unknown).With(StreamScenario.Taken, pins => pins.Set(0, [9], [0]));

        Assert.Equal(["STREAM_READY_X"], scenario.Judge().Rules.Where(result => result.Violated > 0).Select(result => result.Rule.Id));
    }

    [Fact]
    public void Nothing_is_concluded_across_a_gap()
    {
        StreamChecker checker = new(StreamScenario.Shape, StreamScenario.Options);
        StreamCycle pins = new(StreamScenario.Shape) { Valid = AxiBit.High };
        checker.Push(pins);
        checker.Gap();
        pins.Valid = AxiBit.Low;
        checker.Push(pins);

        Assert.DoesNotContain(checker.Finish().Rules, result => result.Violated > 0);
    }

    [Fact]
    public void A_reset_ends_what_waits()
    {
        StreamScenario scenario = new StreamScenario().With(StreamScenario.Waiting, pins => (pins.Reset, pins.Valid) = (AxiBit.High, AxiBit.Low)).With(StreamScenario.Taken, pins => pins.Valid = AxiBit.Low);

        Assert.DoesNotContain(scenario.Judge().Rules, result => result.Violated > 0);
    }

    [Fact]
    public void A_finished_checker_takes_no_more_cycles()
    {
        StreamChecker checker = new(StreamScenario.Shape, AxiCheckOptions.Default);
        _ = checker.Finish();

        Assert.Throws<InvalidOperationException>(() => checker.Push(new StreamCycle(StreamScenario.Shape)));
        Assert.Throws<InvalidOperationException>(checker.Finish);
        Assert.Throws<InvalidOperationException>(checker.Gap);
    }

    [Fact]
    public void A_role_that_is_unknown_or_twice_there_is_refused()
    {
        Assert.Contains("'parity' of 1 bits", Assert.Throws<ArgumentException>(() => new StreamShape([new("parity", 1)])).Message, StringComparison.Ordinal);
        Assert.Contains("'data' of 8 bits", Assert.Throws<ArgumentException>(() => new StreamShape([new("data", 8), new("data", 8)])).Message, StringComparison.Ordinal);
    }
}

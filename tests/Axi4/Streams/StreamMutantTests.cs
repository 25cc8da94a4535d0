using Spanker.Conformance.Axi4;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Streams;

/// <summary>Each rule of streams passes on a trace that keeps it, and a mutant of that trace fails exactly the committed set of rules.</summary>
public sealed class StreamMutantTests
{
    private static readonly Dictionary<string, (StreamScenario Broken, string[] Further)> Table = new()
    {
        ["STREAM_VALID_RESET"] = (Change(StreamScenario.Released, pins => (pins.Valid, pins.Ready) = (AxiBit.High, AxiBit.High)), []),
        ["STREAM_VALID_STABLE"] = (Change(StreamScenario.Waiting, pins => pins.Valid = AxiBit.Low), []),
        ["STREAM_VALID_X"] = (Change(StreamScenario.Idle, pins => pins.Valid = AxiBit.Unknown), []),
        ["STREAM_READY_X"] = (Change(StreamScenario.Idle, pins => pins.Ready = AxiBit.Unknown), []),
        ["STREAM_READY_MAX_WAIT"] = (new() { MoreWaits = 3 }, []),

        // What waits for ever waits too long.
        ["STREAM_DEADLOCK"] = (new() { MoreWaits = 7 }, ["STREAM_READY_MAX_WAIT"]),
        ["STREAM_DATA_STABLE"] = (Flip(pin: 0), []),
        ["STREAM_LAST_STABLE"] = (Flip(pin: 1), []),
        ["STREAM_KEEP_STABLE"] = (Flip(pin: 2), []),
        ["STREAM_STRB_STABLE"] = (Flip(pin: 3), []),
        ["STREAM_USER_STABLE"] = (Flip(pin: 4), []),
        ["STREAM_ID_STABLE"] = (Flip(pin: 5), []),
        ["STREAM_DEST_STABLE"] = (Flip(pin: 6), []),
        ["STREAM_DATA_X"] = (Blur(pin: 0), []),
        ["STREAM_LAST_X"] = (Blur(pin: 1), []),
        ["STREAM_KEEP_X"] = (Blur(pin: 2), []),
        ["STREAM_STRB_X"] = (Blur(pin: 3), []),
        ["STREAM_USER_X"] = (Blur(pin: 4), []),
        ["STREAM_ID_X"] = (Blur(pin: 5), []),
        ["STREAM_DEST_X"] = (Blur(pin: 6), []),
    };

    public static TheoryData<string> Rules => [.. Table.Keys];

    [Fact]
    public void Every_rule_of_streams_has_one_mutant() => Assert.Equal(StreamRules.All.Select(rule => rule.Id).Order(), Table.Keys.Order());

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_passes_on_a_trace_that_keeps_it(string rule)
    {
        StreamVerdict verdict = new StreamScenario().Judge();

        Assert.Empty(Failing(verdict));
        AxiRuleResult result = verdict.Rules.Single(each => each.Rule.Id == rule);
        Assert.Equal(AxiOutcome.Pass, result.Outcome);
        Assert.Equal((result.Armed, 0L), (result.Satisfied, result.Violated));
        Assert.True(verdict.IsComplete);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_mutant_of_a_rule_fails_exactly_the_committed_rules(string rule)
    {
        (StreamScenario broken, string[] further) = Table[rule];
        StreamVerdict verdict = broken.Judge();

        Assert.Equal(further.Append(rule).Order(), Failing(verdict).Order());
        AxiRuleResult result = verdict.Rules.Single(each => each.Rule.Id == rule);
        AxiFinding finding = Assert.Single(result.Findings);
        Assert.Equal(rule is "STREAM_READY_X" or "STREAM_READY_MAX_WAIT" or "STREAM_DEADLOCK" ? AxiBlame.Receiver : AxiBlame.Sender, finding.Blame);
        Assert.Equal(result.Armed, result.Satisfied + result.Violated);
    }

    private static StreamScenario Change(int cycle, Action<StreamCycle> change) => new StreamScenario().With(cycle, change);

    // In the cycle that takes what waited, so that it shows once.
    private static StreamScenario Flip(int pin) => new StreamScenario().With(StreamScenario.Taken, pins => pins.Set(pin, [pins.Value(pin)[0] ^ 1, .. pins.Value(pin)[1..]], [0]));

    private static StreamScenario Blur(int pin) => new StreamScenario().With(StreamScenario.Straight, pins => pins.Set(pin, pins.Value(pin), [1]));

    private static string[] Failing(StreamVerdict verdict) => [.. verdict.Rules.Where(result => result.Outcome == AxiOutcome.Fail).Select(result => result.Rule.Id)];
}

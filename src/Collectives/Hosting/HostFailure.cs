namespace Spanker.Conformance.Collectives;

/// <summary>The typed error of a host's call; the host's buffers are what they were before it.</summary>
/// <param name="Problem">Why.</param>
/// <param name="Card">The card that it is about, or -1.</param>
/// <param name="CardProblem">What that card said, if it said anything.</param>
public sealed record HostFailure(HostProblem Problem, int Card = -1, CollectiveProblem? CardProblem = null)
{
    /// <summary>In words.</summary>
    public string Message => Problem switch
    {
        HostProblem.CardFailed => $"card {Card} ended the collective with {CardProblem?.ToString() ?? "an unknown status"}",
        HostProblem.TimedOut => $"card {Card} did not complete within the host's limit",
        HostProblem.Aborted => "the collective was called off",
        HostProblem.NotFormed => "a collective failed before; form the topology anew",
        HostProblem.InUse => "another collective runs, or the topology is being formed",
        _ => "the topology is closed",
    };

    internal static HostFailure Refusal(int answer) => new(answer switch
    {
        TopologyGate.InUse => HostProblem.InUse,
        TopologyGate.NotFormed => HostProblem.NotFormed,
        _ => HostProblem.Closed,
    });
}

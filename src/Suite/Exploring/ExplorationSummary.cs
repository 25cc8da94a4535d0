using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Suite;

/// <summary>What an exploration of several programs came to.</summary>
/// <param name="Plan">What was to be explored.</param>
/// <param name="Programs">Programs that were begun: one for each fault and each kind of data.</param>
/// <param name="Schedules">Runs that came to an end of their own, of all programs.</param>
/// <param name="Traces">Distinct Mazurkiewicz traces, of all faults; data do not make other traces.</param>
/// <param name="TracesOverflowed">True if there were more traces than can be counted.</param>
/// <param name="Blocked">Runs given up because they could only repeat others.</param>
/// <param name="Steps">Steps of all runs.</param>
/// <param name="LongestRun">Steps of the longest.</param>
/// <param name="IsComplete">True if every trace of every program was run: nothing was cut off.</param>
/// <param name="IsInterrupted">True if it was called off.</param>
/// <param name="Limit">What cut it off, in words, or null.</param>
/// <param name="Guarantee">PCT's, of the program for which it is weakest; null for other strategies.</param>
/// <param name="Reached">How often each source of nondeterminism was reached; 0 is not at all.</param>
/// <param name="Finding">The first finding, or null.</param>
/// <param name="Replayed">What a replay without a finding ran, or null.</param>
public sealed record ExplorationSummary(
    ExplorationPlan Plan,
    int Programs,
    long Schedules,
    long Traces,
    bool TracesOverflowed,
    long Blocked,
    long Steps,
    int LongestRun,
    bool IsComplete,
    bool IsInterrupted,
    string? Limit,
    PctGuarantee? Guarantee,
    IReadOnlyList<(string Source, long Count)> Reached,
    ExplorationFinding? Finding,
    SequenceDiagram? Replayed)
{
    /// <summary>The outcome as reports spell it.</summary>
    public string Outcome => Finding is not null ? "deviates" : IsInterrupted ? "inconclusive" : Schedules == 0 ? "not-exercised" : "conforms";
}

namespace Spanker.Conformance.Exploration;

/// <summary>A finding with the schedule that shows it.</summary>
/// <param name="Finding">What is wrong.</param>
/// <param name="Schedule">The schedule; it replays exactly.</param>
/// <param name="Number">Number of the schedule in its exploration, from 1.</param>
public sealed record FoundSchedule(Finding Finding, Schedule Schedule, long Number);

/// <summary>What an exploration saw.</summary>
/// <param name="Strategy">Which schedules it chose.</param>
/// <param name="Schedules">Runs that came to an end of their own.</param>
/// <param name="Blocked">Runs given up because they could only repeat what others show.</param>
/// <param name="Steps">Steps of all runs.</param>
/// <param name="LongestRun">Steps of the longest.</param>
/// <param name="Exhausted">True if the strategy had nothing left to try, and promises that this is everything.</param>
/// <param name="Limit">The limit that ended it, in words, or null.</param>
/// <param name="Findings">The first of each kind, or the first.</param>
/// <param name="FinalStates">Digests of the states in which runs ended complete.</param>
public sealed record ExplorationResult(
    string Strategy,
    long Schedules,
    long Blocked,
    long Steps,
    int LongestRun,
    bool Exhausted,
    string? Limit,
    IReadOnlyList<FoundSchedule> Findings,
    IReadOnlySet<ulong> FinalStates)
{
    /// <summary>The first finding, or null.</summary>
    public FoundSchedule? First => Findings.Count == 0 ? null : Findings[0];
}

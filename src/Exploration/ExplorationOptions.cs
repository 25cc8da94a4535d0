namespace Spanker.Conformance.Exploration;

/// <summary>How far an exploration goes.</summary>
public sealed record ExplorationOptions
{
    /// <summary>The most schedules that are run.</summary>
    public long MostSchedules { get; init; } = 10_000_000;

    /// <summary>Steps after which tasks take turns; after as many again the run is a livelock.</summary>
    public int StepLimit { get; init; } = 10_000;

    /// <summary>Runs each schedule twice and compares every step and the end.</summary>
    public bool CheckDeterminism { get; init; }

    /// <summary>Stops at the first finding; otherwise goes on and keeps the first of each kind.</summary>
    public bool StopAtFinding { get; init; } = true;

    /// <summary>Looks on at each run.</summary>
    public IReadOnlyList<RunWatch> Watches { get; init; } = [];
}

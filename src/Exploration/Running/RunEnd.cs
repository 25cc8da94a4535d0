namespace Spanker.Conformance.Exploration;

/// <summary>How a run ended.</summary>
public enum RunEnd
{
    /// <summary>Every task ended.</summary>
    Complete,

    /// <summary>No task can go on, and some have not ended.</summary>
    Stuck,

    /// <summary>The strategy gave it up: what follows was, or will be, seen in another run.</summary>
    Pruned,

    /// <summary>It was still going on at the limit of steps, every task having had its turn since.</summary>
    Endless,

    /// <summary>A task waited for something that the explorer does not control, or did not follow the schedule.</summary>
    Uncontrolled,
}

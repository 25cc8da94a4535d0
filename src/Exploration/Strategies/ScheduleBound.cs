namespace Spanker.Conformance.Exploration;

/// <summary>What a bounded search counts.</summary>
public enum ScheduleBound
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Switches away from a task that could have gone on.</summary>
    Preemptions,

    /// <summary>Enabled threads that a round-robin scheduler passes over.</summary>
    Delays,
}

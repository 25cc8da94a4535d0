namespace Spanker.Conformance.Exploration;

/// <summary>What can be wrong with a schedule.</summary>
public enum FindingKind
{
    /// <summary>Tasks wait and nothing can go on.</summary>
    Deadlock,

    /// <summary>A deadlock in which a task waits for a signal that was given when nobody waited.</summary>
    LostWakeUp,

    /// <summary>The program goes on for ever although every task gets its turn.</summary>
    Livelock,

    /// <summary>Two tasks touch the same elements of a buffer, one of them writes, and nothing orders the two.</summary>
    Race,

    /// <summary>The program ended with something else than what is right.</summary>
    WrongResult,

    /// <summary>Data of one collective arrived in another.</summary>
    MixedCollectives,

    /// <summary>A credit was not given back.</summary>
    LeakedCredit,

    /// <summary>The same schedule did something else the second time, or a task waited for what nobody controls.</summary>
    Nondeterminism,

    /// <summary>A limit was hit.</summary>
    Limit,
}

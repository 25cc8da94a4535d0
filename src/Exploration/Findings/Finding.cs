namespace Spanker.Conformance.Exploration;

/// <summary>Something wrong with a schedule.</summary>
/// <param name="Kind">Of which kind.</param>
/// <param name="Message">What, where, and what would be right.</param>
public sealed record Finding(FindingKind Kind, string Message)
{
    /// <summary>The kind as the command line spells it.</summary>
    public string KindText => Kind switch
    {
        FindingKind.Deadlock => "deadlock",
        FindingKind.LostWakeUp => "lost-wakeup",
        FindingKind.Livelock => "livelock",
        FindingKind.Race => "race",
        FindingKind.WrongResult => "wrong-result",
        FindingKind.MixedCollectives => "mixed-collectives",
        FindingKind.LeakedCredit => "leaked-credit",
        FindingKind.Nondeterminism => "nondeterminism",
        _ => "limit",
    };
}

namespace Spanker.Conformance.Suite;

/// <summary>Whether a strategy takes a number.</summary>
public enum StrategyNumber
{
    /// <summary>It takes none.</summary>
    None,

    /// <summary>It has one where none is given.</summary>
    Optional,

    /// <summary>It must be given.</summary>
    Needed,
}

/// <summary>A strategy that can be named.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Form">How it is written.</param>
/// <param name="Number">Whether it takes a number.</param>
/// <param name="Description">What it tries, in a line.</param>
public sealed record StrategyEntry(string Name, string Form, StrategyNumber Number, string Description);

/// <summary>The strategies of exploration.</summary>
public static class StrategyCatalogue
{
    /// <summary>All of them, the one to begin with first.</summary>
    public static IReadOnlyList<StrategyEntry> All { get; } =
    [
        new("exhaustive", "exhaustive", StrategyNumber.None, "each Mazurkiewicz trace once: source sets and sleep sets (Abdulla et al., POPL 2014)"),
        new("preemptions", "preemptions:N", StrategyNumber.Needed, "every interleaving with at most N preemptions (Musuvathi and Qadeer, PLDI 2007)"),
        new("delays", "delays:N", StrategyNumber.Needed, "every interleaving with at most N delays of a round-robin scheduler (Emmi et al., POPL 2011)"),
        new("pct", "pct[:D]", StrategyNumber.Optional, "random priorities with D - 1 changes, D = 3 unless given; finds depth D with a guaranteed chance (Burckhardt et al., ASPLOS 2010)"),
        new("pos", "pos", StrategyNumber.None, "random priorities of operations, drawn again after a conflict: a sample of partial orders (Yuan et al., CAV 2018)"),
        new("random", "random", StrategyNumber.None, "at each step any enabled thread, each as likely"),
        new("every-interleaving", "every-interleaving", StrategyNumber.None, "all interleavings without any reduction: what the reduction is held against"),
    ];
}

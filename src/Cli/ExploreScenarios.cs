using Spanker.Conformance.Exploration;
using Spanker.Conformance.Suite;

namespace Spanker.Conformance.Cli;

/// <summary>The scenarios that <c>explore</c> knows.</summary>
internal static class ExploreScenarios
{
    /// <summary>Their names, the one to begin with first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["plain", "two-at-once"];

    /// <summary>What a scenario makes of a setup.</summary>
    public static CollectiveSetup Apply(string name, CollectiveSetup setup) => name == "two-at-once" ? setup with { AtOnce = 2 } : setup;

    /// <summary>The program of a setup.</summary>
    public static ExploredProgram Program(CollectiveSetup setup) => new CollectiveProgram(setup);
}

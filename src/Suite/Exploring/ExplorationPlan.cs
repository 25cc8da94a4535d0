using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Suite;

/// <summary>What is explored: a program for each fault and each kind of data, one after another.</summary>
/// <param name="Setup">The collective; its fault and data are those of the lists.</param>
/// <param name="Program">Makes the program of a setup: the scenario.</param>
/// <param name="Strategy">Which schedules are tried.</param>
public sealed record ExplorationPlan(CollectiveSetup Setup, Func<CollectiveSetup, ExploredProgram> Program, StrategyChoice Strategy)
{
    /// <summary>The most schedules of each program where nothing else is said.</summary>
    public const long DefaultMostSchedules = 100_000;

    /// <summary>The faults; null stands for none.</summary>
    public IReadOnlyList<LinkFault?> Faults { get; init; } = [null];

    /// <summary>The kinds of data.</summary>
    public IReadOnlyList<CollectiveDataKind> Data { get; init; } = Enum.GetValues<CollectiveDataKind>();

    /// <summary>The seed of samplers.</summary>
    public ulong Seed { get; init; }

    /// <summary>The most schedules of each program.</summary>
    public long MostSchedules { get; init; } = DefaultMostSchedules;

    /// <summary>Runs each schedule twice.</summary>
    public bool CheckDeterminism { get; init; }

    /// <summary>The one schedule to run, or null.</summary>
    public Schedule? Replay { get; init; }
}

using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Tests.Concurrency.Planted;

/// <summary>A small program with one known bug, and the same program without it.</summary>
/// <param name="Name">Names its schedule under golden/schedules.</param>
/// <param name="Fault">What is wrong, in a sentence.</param>
/// <param name="Kind">The one kind of finding that it may show.</param>
/// <param name="Build">The program: true with the bug, false without.</param>
internal sealed record PlantedBug(string Name, string Fault, FindingKind Kind, Func<bool, ExploredProgram> Build)
{
    /// <summary>Steps after which tasks take turns.</summary>
    internal int StepLimit { get; init; } = 10_000;

    /// <summary>True if only a second run of the same schedule shows it.</summary>
    internal bool ShowsWhenRunTwice { get; init; }

    /// <summary>How the program with the bug is explored.</summary>
    internal ExplorationOptions Options(long mostSchedules) =>
        new() { MostSchedules = mostSchedules, StepLimit = StepLimit, CheckDeterminism = ShowsWhenRunTwice };

    public override string ToString() => Name;
}

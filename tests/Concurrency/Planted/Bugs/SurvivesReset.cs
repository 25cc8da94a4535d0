using Spanker.Conformance.Exploration;
using Spanker.Conformance.Tests.Concurrency.Explorer;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>A counter that is not set back between runs decides what a task writes: the same schedule does something else the second time.</summary>
internal static class SurvivesReset
{
    internal static PlantedBug Bug { get; } =
        new("survives-reset", "a counter survives the reset, so that a schedule does not repeat", FindingKind.Nondeterminism, Build) { ShowsWhenRunTwice = true };

    private static Script Build(bool planted)
    {
        SharedCell tag = new("tag");
        int calls = 0;
        Script program = new() { OnReset = () => calls = planted ? calls : 0 };
        program.With(tag);
        return program
            .Task("host", async host => await tag.WriteAsync(host, ++calls))
            .Task("card", async host => await tag.ReadAsync(host));
    }
}

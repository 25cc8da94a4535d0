using Spanker.Conformance.Exploration;
using Spanker.Conformance.Tests.Concurrency.Planted;
using Xunit;

namespace Spanker.Conformance.Tests.Concurrency.Coyote;

/// <summary>The planted bugs on real tasks: what Coyote finds of them, and what it does not.</summary>
public sealed class CoyotePlantedBugTests
{
    private const uint Schedules = 200;
    private const uint SchedulesUntilFound = 20;

    public static TheoryData<string> All => [.. PlantedBugs.All.Select(bug => bug.Name)];

    public static TheoryData<string> Seen => [.. PlantedBugs.All.Where(bug => SymptomOf(bug.Kind) is not null).Select(bug => bug.Name)];

    public static TheoryData<string> Unseen => [.. PlantedBugs.All.Where(bug => SymptomOf(bug.Kind) is null).Select(bug => bug.Name)];

    [Theory]
    [MemberData(nameof(Seen))]
    public void The_bug_is_found_by_its_symptom(string name)
    {
        PlantedBug bug = PlantedBugs.Find(name);

        Assert.StartsWith(SymptomOf(bug.Kind)!, CoyoteRun.FirstBugOf(() => bug.Build(true), SchedulesUntilFound), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Unseen))]
    public void A_livelock_and_what_a_second_run_would_show_are_not_found(string name)
    {
        Assert.Null(CoyoteRun.FirstBugOf(() => PlantedBugs.Find(name).Build(true), Schedules));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_is_reported_of_the_program_without_its_bug(string name)
    {
        Assert.Null(CoyoteRun.FirstBugOf(() => PlantedBugs.Find(name).Build(false), Schedules));
    }

    // A race shows only as the value that it makes wrong: accesses to elements of arrays are not seen.
    private static string? SymptomOf(FindingKind kind) => kind switch
    {
        FindingKind.Deadlock or FindingKind.LostWakeUp => "Deadlock detected.",
        FindingKind.Race => "wrong-result: ",
        FindingKind.Livelock or FindingKind.Nondeterminism => null,
        _ => $"{new Finding(kind, string.Empty).KindText}: ",
    };
}

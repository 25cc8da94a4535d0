using System.Globalization;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Tests.Support;
using VerifyTests;
using VerifyXunit;
using Xunit;

namespace Spanker.Conformance.Tests.Concurrency.Planted;

/// <summary>Every planted bug is found, as what it is, and its committed schedule shows it again.</summary>
public sealed class PlantedBugTests
{
    private const long MostSchedules = 20_000;

    public static TheoryData<string> Names => [.. PlantedBugs.All.Select(bug => bug.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_exhaustive_search_finds_the_bug_and_nothing_else(string name)
    {
        PlantedBug bug = PlantedBugs.Find(name);
        ExplorationOptions options = bug.Options(MostSchedules) with { StopAtFinding = false };

        ExplorationResult result = Exploration.Explorer.Explore(bug.Build(true), new SourceDpor(), options);

        Assert.Equal([bug.Kind], result.Findings.Select(found => found.Finding.Kind));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public Task The_shrunk_schedule_is_as_committed(string name)
    {
        PlantedBug bug = PlantedBugs.Find(name);
        FoundSchedule found = Exploration.Explorer.Explore(bug.Build(true), new SourceDpor(), bug.Options(MostSchedules)).First!;
        FoundSchedule shrunk = ScheduleShrinker.Shrink(bug.Build(true), found, stepLimit: bug.StepLimit);
        VerifySettings settings = new();
        settings.UseDirectory(RepositoryRoot.File("golden/schedules"));
        settings.UseFileName(name);

        return Verifier.Verify($"{shrunk.Schedule}\n{shrunk.Finding.KindText}\n{shrunk.Finding.Message}\n", settings);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_committed_schedule_shows_the_same_finding_again(string name)
    {
        PlantedBug bug = PlantedBugs.Find(name);
        string[] lines = File.ReadAllLines(RepositoryRoot.File($"golden/schedules/{name}.verified.txt"));

        ExplorationResult replayed = Exploration.Explorer.Explore(bug.Build(true), new ReplayOf(Schedule.Parse(lines[0])), bug.Options(MostSchedules));

        Assert.Equal(1, replayed.Schedules);
        Assert.Equal((lines[1], lines[2]), (replayed.First?.Finding.KindText, replayed.First?.Finding.Message));
    }

    [Fact]
    public void Every_committed_schedule_is_that_of_a_planted_bug()
    {
        IEnumerable<string> committed = Directory.EnumerateFiles(RepositoryRoot.File("golden/schedules"), "*.verified.txt")
            .Select(path => Path.GetFileName(path).Replace(".verified.txt", string.Empty, StringComparison.Ordinal));

        Assert.Equal(PlantedBugs.All.Select(bug => bug.Name).Order(StringComparer.Ordinal), committed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_committed_table_has_a_row_for_each_planted_bug()
    {
        IEnumerable<string> rows = File.ReadLines(RepositoryRoot.File("docs/exploration-bugs.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Contains(" | ", StringComparison.Ordinal))
            .Select(line => line.Split('|')[1].Trim())
            .Where(cell => cell.Contains('-', StringComparison.Ordinal));

        Assert.Equal(PlantedBugs.All.Select(bug => bug.Name), rows);
    }

    [Fact]
    public void There_are_at_least_twenty_and_every_kind_but_the_limit_is_among_them()
    {
        Assert.True(PlantedBugs.All.Count >= 20, PlantedBugs.All.Count.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(
            Enum.GetValues<FindingKind>().Where(kind => kind != FindingKind.Limit),
            PlantedBugs.All.Select(bug => bug.Kind).Distinct().Order());
    }
}

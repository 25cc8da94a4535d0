using Spanker.Conformance.Exploration;
using Xunit;
using Xunit.Abstractions;

namespace Spanker.Conformance.Tests.Concurrency.Planted;

/// <summary>The same programs without their bugs: no strategy may report anything.</summary>
public sealed class PlantedCorrectTests(ITestOutputHelper output)
{
    private const long MostSchedules = 20_000;
    private const long Sampled = 2_000;
    private const ulong Seed = 1;

    public static TheoryData<string> Names => [.. PlantedBugs.All.Select(bug => bug.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_whole_search_of_the_program_without_its_bug_reports_nothing(string name)
    {
        ExplorationResult result = Explore(name, new SourceDpor(), new ExplorationOptions { MostSchedules = MostSchedules });

        Assert.Null(result.First);
        Assert.True(result.Exhausted, result.Limit);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Neither_samplers_nor_bounded_searches_report_the_program_without_its_bug(string name)
    {
        int longest = Explore(name, new SourceDpor(), new ExplorationOptions { MostSchedules = MostSchedules }).LongestRun;
        Strategy[] strategies =
        [
            new Pct(Seed, depth: 3, steps: Math.Max(longest, 3)), new PartialOrderSampling(Seed), new RandomWalk(Seed),
            EveryInterleaving.WithPreemptions(2), EveryInterleaving.WithDelays(2),
        ];
        foreach (Strategy strategy in strategies)
        {
            ExplorationResult result = Explore(name, strategy, new ExplorationOptions { MostSchedules = Sampled });

            Assert.Null(result.First);

            // Every schedule is a linear order of some trace, and the search has seen every trace: k is exact.
            Assert.True(result.LongestRun <= longest, $"{strategy.Name}: {result.LongestRun} steps, the whole search saw {longest}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_program_without_its_bug_does_the_same_again_by_the_same_schedule(string name)
    {
        ExplorationOptions twice = new() { MostSchedules = Sampled, CheckDeterminism = true };

        Assert.Null(Explore(name, new SourceDpor(), twice).First);
        Assert.Null(Explore(name, new RandomWalk(Seed), twice with { MostSchedules = 200 }).First);
    }

    private ExplorationResult Explore(string name, Strategy strategy, ExplorationOptions options)
    {
        ExplorationResult result = Exploration.Explorer.Explore(PlantedBugs.Find(name).Build(false), strategy, options);
        output.WriteLine(
            $"{name}, {result.Strategy}: {result.Schedules} schedules, {result.Blocked} blocked, longest {result.LongestRun}, "
            + $"{(result.Exhausted ? "exhausted" : result.Limit ?? "not exhausted")}, {result.First?.Finding.Message ?? "no finding"}");
        return result;
    }
}

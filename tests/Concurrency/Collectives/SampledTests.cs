using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Suite;
using Xunit;

namespace Spanker.Conformance.Tests.Concurrency.Collectives;

/// <summary>Beyond what is searched to the end: PCT on more cards, with its guarantee's k checked against what ran.</summary>
public sealed class SampledTests
{
    private const int Runs = 150;
    private const int Depth = 3;

    public static TheoryData<string, bool> Algorithms => ExhaustiveTests.Algorithms;

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void PCT_on_4_to_8_cards_finds_nothing_and_no_run_is_longer_than_k(string name, bool gathers)
    {
        foreach (int cards in (int[])[4, 5, 8])
        {
            CollectiveSetup setup = new(CollectiveAlgorithms.Find(name, gathers)!, cards, Chunks: 2, Credits: 1);
            Pct pct = new(seed: (ulong)cards, Depth, StepBound.Of(setup, one => new CollectiveProgram(one)));

            ExplorationResult result = Exploration.Explorer.Explore(new CollectiveProgram(setup), pct, new ExplorationOptions { MostSchedules = Runs });

            Assert.Null(result.First);
            Assert.Equal(Runs, result.Schedules);
            Assert.Equal(pct.StepBound, pct.LongestRun);
        }
    }

    [Theory]
    [InlineData(2, 10, 2, 0.05)]
    [InlineData(6, 18, 3, 1.0 / (6 * 18 * 18))]
    [InlineData(5, 7, 1, 0.2)]
    public void The_chance_of_a_run_is_1_over_n_k_to_the_d_minus_1(int threads, int steps, int depth, double chance) =>
        Assert.Equal(chance, new PctGuarantee(threads, steps, depth, Runs: 1, LongestRun: steps).Chance, 1e-15);
}

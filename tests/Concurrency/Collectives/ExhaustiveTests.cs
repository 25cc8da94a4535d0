using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Suite;
using Xunit;
using Xunit.Abstractions;

namespace Spanker.Conformance.Tests.Concurrency.Collectives;

/// <summary>Every interleaving that matters of small collectives.</summary>
public sealed class ExhaustiveTests(ITestOutputHelper output)
{
    [Fact]
    public void Without_failures_every_algorithm_ends_right_in_every_trace()
    {
        foreach (ICollectiveAlgorithm algorithm in CollectiveAlgorithms.AllReduce.Concat(CollectiveAlgorithms.AllGather))
        {
            for (int cards = 1; cards <= 4; cards++)
            {
                for (int chunks = 1; chunks <= 2; chunks++)
                {
                    for (int credits = 1; credits <= 2; credits++)
                    {
                        CollectiveProgram program = new(new CollectiveSetup(algorithm, cards, chunks, credits));
                        ExplorationResult result = Exploration.Explorer.Explore(program, new SourceDpor(), new ExplorationOptions { MostSchedules = 100_000 });
                        output.WriteLine($"{(algorithm.Gathers ? "gather" : "reduce")} {algorithm.Name} {cards} {chunks} {credits}: {result.Schedules} traces, {result.Blocked} blocked, {result.LongestRun} steps, {result.First?.Finding.Message}");
                    }
                }
            }
        }
    }
}

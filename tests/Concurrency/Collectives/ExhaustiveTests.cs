using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Suite;
using Xunit;
using Xunit.Abstractions;

namespace Spanker.Conformance.Tests.Concurrency.Collectives;

/// <summary>Every interleaving that matters of small collectives.</summary>
public sealed class ExhaustiveTests(ITestOutputHelper output)
{
    /// <summary>Every algorithm, by name and whether it gathers.</summary>
    public static TheoryData<string, bool> Algorithms
    {
        get
        {
            TheoryData<string, bool> all = [];
            foreach (ICollectiveAlgorithm algorithm in CollectiveAlgorithms.AllReduce.Concat(CollectiveAlgorithms.AllGather))
            {
                all.Add(algorithm.Name, algorithm.Gathers);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Without_failures_every_trace_ends_right_and_there_are_as_many_as_worked_out(string name, bool gathers)
    {
        for (int cards = 1; cards <= 4; cards++)
        {
            for (int chunks = 1; chunks <= 2; chunks++)
            {
                for (int credits = 1; credits <= 2; credits++)
                {
                    foreach (CollectiveDataKind data in Enum.GetValues<CollectiveDataKind>())
                    {
                        CollectiveSetup setup = new(CollectiveAlgorithms.Find(name, gathers)!, cards, chunks, credits) { Data = data };

                        ExplorationResult result = Exploration.Explorer.Explore(new CollectiveProgram(setup), new SourceDpor());

                        Assert.Null(result.First);
                        Assert.True(result.Exhausted);

                        // FIFO links and waiting receives are a Kahn network: one trace. Direct takes each chunk's cards in any order.
                        Assert.Equal(name == "direct" ? Power(Factorial(cards - 1), chunks) : 1, result.Schedules);
                        Assert.Single(result.FinalStates);
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Two_at_once_on_the_same_links_do_not_mix(string name, bool gathers)
    {
        CollectiveSetup setup = new(CollectiveAlgorithms.Find(name, gathers)!, Cards: 2, Chunks: 2, Credits: 1) { AtOnce = 2 };
        ReachedChoices reached = new();

        ExplorationResult result = Exploration.Explorer.Explore(
            new CollectiveProgram(setup), new SourceDpor(), new ExplorationOptions { Watches = [reached] });

        output.WriteLine($"{result.Schedules} traces, {result.Blocked} blocked");
        Assert.Null(result.First);
        Assert.True(result.Exhausted);
        Assert.Single(result.FinalStates);
        Assert.True(reached.Counts.ContainsKey("two collectives on a link"), string.Join(", ", reached.Counts.Keys));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_failure_anywhere_gives_the_right_bits_or_a_typed_error_on_every_card(string name, bool gathers)
    {
        ICollectiveAlgorithm algorithm = CollectiveAlgorithms.Find(name, gathers)!;
        long traces = 0;
        long failures = 0;
        for (int cards = 2; cards <= 3; cards++)
        {
            foreach (LinkFault fault in FaultsOf(algorithm, cards, chunks: 2))
            {
                CollectiveSetup setup = new(algorithm, cards, Chunks: 2, Credits: 1) { Fault = fault };

                ExplorationResult result = Exploration.Explorer.Explore(
                    new CollectiveProgram(setup), new SourceDpor(), new ExplorationOptions { MostSchedules = 50_000 });

                Assert.True(result.First is null, $"{cards} cards, {fault}: {result.First?.Finding.Message} by {result.First?.Schedule}");
                Assert.True(result.Exhausted, $"{cards} cards, {fault}: {result.Limit}");
                output.WriteLine($"{cards} cards, {fault}: {result.Schedules} traces, {result.Blocked} blocked, {result.FinalStates.Count} ends");
                traces += result.Schedules;
                failures++;
            }
        }

        output.WriteLine($"{failures} failures, {traces} traces");
    }

    /// <summary>Every kind of failure at every frame of every link.</summary>
    internal static IEnumerable<LinkFault> FaultsOf(ICollectiveAlgorithm algorithm, int cards, int chunks)
    {
        foreach ((int from, int to) in algorithm.Links(cards).Distinct())
        {
            int frames = FramesOn(algorithm, cards, chunks, from, to);
            foreach (LinkFaultKind kind in Enum.GetValues<LinkFaultKind>())
            {
                bool anyMoment = kind is LinkFaultKind.Down or LinkFaultKind.Retrain;
                for (int frame = 0; frame < (anyMoment ? 1 : frames); frame++)
                {
                    yield return new LinkFault(kind, from, to, frame);
                }
            }
        }
    }

    private static int FramesOn(ICollectiveAlgorithm algorithm, int cards, int chunks, int from, int to)
    {
        CollectiveProgram program = new(new CollectiveSetup(algorithm, cards, chunks, Credits: 1));
        (Finding? finding, Execution run) = Exploration.Explorer.Replay(program, new Schedule([]));
        Assert.Null(finding);
        return run.Log.Count(step => step.Operation is { Kind: OperationKind.Send, Target: CardLink link } && link.From == from && link.To == to);
    }

    private static long Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);

    private static long Power(long value, int exponent) => exponent == 0 ? 1 : value * Power(value, exponent - 1);
}

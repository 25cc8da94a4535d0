using BenchmarkDotNet.Attributes;
using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Suite;

namespace Spanker.Conformance.Bench.Exploring;

#pragma warning disable CA1822 // BenchmarkDotNet calls members of an instance.
/// <summary>Schedules of a sum over 3 cards, one chunk, one credit, on one thread; no onlooker.</summary>
public class ExploreBenchmarks
{
    /// <summary>Schedules of an iteration.</summary>
    public const int Schedules = 20_000;

    private const int Depth = 3;
    private static readonly ICollectiveAlgorithm Direct = CollectiveAlgorithms.Find("direct", gathers: false)!;
    private static readonly ICollectiveAlgorithm Ring = CollectiveAlgorithms.Find("ring", gathers: false)!;

    /// <summary>Steps of a schedule of the direct algorithm; of the ring.</summary>
    internal static (int Direct, int Ring) Steps => (StepsOf(Direct), StepsOf(Ring));

    /// <summary>Direct, random.</summary>
    [Benchmark(OperationsPerInvoke = Schedules)]
    public long DirectRandom() => Run(Direct, new RandomWalk(seed: 1));

    /// <summary>Direct, PCT.</summary>
    [Benchmark(OperationsPerInvoke = Schedules)]
    public long DirectPct() => Run(Direct, new Pct(seed: 1, Depth, StepsOf(Direct)));

    /// <summary>Direct, partial-order sampling.</summary>
    [Benchmark(OperationsPerInvoke = Schedules)]
    public long DirectPos() => Run(Direct, new PartialOrderSampling(seed: 1));

    /// <summary>Direct, exhaustive, again and again: a search has two schedules.</summary>
    [Benchmark(OperationsPerInvoke = Schedules)]
    public long DirectExhaustive() => Again(Direct);

    /// <summary>Ring, random.</summary>
    [Benchmark(OperationsPerInvoke = Schedules)]
    public long RingRandom() => Run(Ring, new RandomWalk(seed: 1));

    /// <summary>Ring, PCT.</summary>
    [Benchmark(OperationsPerInvoke = Schedules)]
    public long RingPct() => Run(Ring, new Pct(seed: 1, Depth, StepsOf(Ring)));

    /// <summary>Ring, partial-order sampling.</summary>
    [Benchmark(OperationsPerInvoke = Schedules)]
    public long RingPos() => Run(Ring, new PartialOrderSampling(seed: 1));

    /// <summary>Two rings at once, exhaustive: one alone has a single trace.</summary>
    [Benchmark(OperationsPerInvoke = Schedules)]
    public long TwoRingsExhaustive() => Explored(Program(Ring, atOnce: 2), new SourceDpor(), Schedules);

    private static CollectiveProgram Program(ICollectiveAlgorithm algorithm, int atOnce = 1) =>
        new(new CollectiveSetup(algorithm, Cards: 3, Chunks: 1, Credits: 1) { AtOnce = atOnce });

    private static int StepsOf(ICollectiveAlgorithm algorithm) => StepBound.Of(new CollectiveSetup(algorithm, Cards: 3, Chunks: 1, Credits: 1), setup => new CollectiveProgram(setup));

    private static long Run(ICollectiveAlgorithm algorithm, Strategy strategy) => Explored(Program(algorithm), strategy, Schedules);

    private static long Again(ICollectiveAlgorithm algorithm)
    {
        CollectiveProgram program = Program(algorithm);
        long schedules = 0;
        while (schedules < Schedules)
        {
            schedules += Explored(program, new SourceDpor(), Schedules - schedules);
        }

        return schedules;
    }

    private static long Explored(CollectiveProgram program, Strategy strategy, long most)
    {
        ExplorationResult result = Explorer.Explore(program, strategy, new ExplorationOptions { MostSchedules = most });
        return result.First is null ? result.Schedules : throw new InvalidOperationException(result.First.Finding.Message);
    }
}

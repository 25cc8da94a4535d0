using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Suite;
using Xunit;

namespace Spanker.Conformance.Tests.Concurrency.Collectives;

/// <summary>Any number of cards and tails of every size, by one schedule each: without failures the schedules of most algorithms are one trace.</summary>
public sealed class EveryLengthTests
{
    public static TheoryData<string, bool> Algorithms => ExhaustiveTests.Algorithms;

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void One_to_sixteen_cards_and_every_length_up_to_forty_give_the_expected_bits(string name, bool gathers)
    {
        ICollectiveAlgorithm algorithm = CollectiveAlgorithms.Find(name, gathers)!;
        for (int cards = 1; cards <= 16; cards++)
        {
            for (int length = 0; length <= 40; length++)
            {
                CollectiveSetup setup = new(algorithm, cards, Chunks: 1, Credits: 1)
                {
                    Elements = gathers ? length * cards : length,
                    FrameElements = 3,
                    Data = (CollectiveDataKind)(length % 3),
                    Operation = (ReduceOperation)(length % 4),
                };

                (Finding? finding, _) = Exploration.Explorer.Replay(new CollectiveProgram(setup), new Schedule([]));

                Assert.True(finding is null, $"{cards} cards, {setup.Elements} elements, {setup.Operation}, {setup.Data}: {finding?.Message}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void A_failure_at_every_frame_holds_COL_10_on_2_to_5_cards_and_at_the_host_and_the_next_collective_is_clean(string name, bool gathers)
    {
        ICollectiveAlgorithm algorithm = CollectiveAlgorithms.Find(name, gathers)!;
        int faults = 0;
        for (int cards = 2; cards <= 5; cards++)
        {
            foreach (LinkFault fault in ExhaustiveTests.FaultsOf(algorithm, cards, chunks: 1))
            {
                CollectiveSetup setup = new(algorithm, cards, Chunks: 1, Credits: 1) { Fault = fault };
                // A host that gathers is not modelled; the cards' own part is judged.
                ExploredProgram program = gathers ? new CollectiveProgram(setup) : new HostedProgram(setup, HostedScenario.Interrupt);

                ExplorationResult result = Exploration.Explorer.Explore(
                    program, new PartialOrderSampling(seed: (ulong)faults), new ExplorationOptions { MostSchedules = 10 });

                Assert.True(result.First is null, $"{cards} cards, {fault}: {result.First?.Finding.Message} by {result.First?.Schedule}");
                faults++;
            }
        }

        Assert.True(faults > 50, $"only {faults} failures");
    }
}

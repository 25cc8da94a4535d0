using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Suite;
using Xunit;

namespace Spanker.Conformance.Tests.Concurrency.Collectives;

/// <summary>The same programs on real tasks.</summary>
public sealed class RealTasksTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Ten_thousand_collectives_on_2_to_16_cards_at_once_end_right()
    {
        ICollectiveAlgorithm[] algorithms = [.. CollectiveAlgorithms.AllReduce, .. CollectiveAlgorithms.AllGather];
        const int Topologies = 40;
        const int Rounds = 250;
        Task<int>[] topologies = new Task<int>[Topologies];
        for (int topology = 0; topology < Topologies; topology++)
        {
            int number = topology;
            topologies[topology] = Task.Run(() => RunAsync(algorithms[number % algorithms.Length], cards: 2 + number % 15, Rounds));
        }

        int[] right = await Task.WhenAll(topologies);

        Assert.Equal(10_000, right.Sum());
    }

    [Theory]
    [InlineData(LinkFaultKind.Drop, false)]
    [InlineData(LinkFaultKind.Corrupt, false)]
    [InlineData(LinkFaultKind.PeerGone, false)]
    [InlineData(LinkFaultKind.Duplicate, true)]
    public async Task A_failure_on_real_tasks_is_a_typed_error_or_the_right_bits(LinkFaultKind kind, bool succeeds)
    {
        foreach (ICollectiveAlgorithm algorithm in CollectiveAlgorithms.AllReduce)
        {
            (int from, int to) = algorithm.Links(4).First();
            CollectiveSetup setup = new(algorithm, Cards: 4, Chunks: 3, Credits: 1) { Fault = new LinkFault(kind, from, to, Frame: 1) };
            ExpectedCollective expected = new(setup, 0);
            CardMesh mesh = new(4, new LinkShape(1, setup.FrameElements), algorithm, setup.Fault);

            (bool[] ended, float[][] buffers) = await RunOnceAsync(setup, mesh, expected, new RealTasks(TimeSpan.FromMilliseconds(200)), id: 1);

            Assert.Equal(succeeds, ended.All(one => one));
            for (int card = 0; card < 4; card++)
            {
                Assert.True(!ended[card] || expected.Difference(buffers[card]) is null, $"{algorithm.Name}, card {card}: {expected.Difference(buffers[card])}");
            }
        }
    }

    private static async Task<int> RunAsync(ICollectiveAlgorithm algorithm, int cards, int rounds)
    {
        int right = 0;
        RealTasks host = new(Limit);
        CollectiveSetup setup = new(algorithm, cards, Chunks: 3, Credits: 1 + cards % 2) { FrameElements = 7 };
        ExpectedCollective expected = new(setup, 0);
        CardMesh mesh = new(cards, new LinkShape(setup.Credits, setup.FrameElements), algorithm);
        for (int round = 1; round <= rounds; round++)
        {
            (bool[] ended, float[][] buffers) = await RunOnceAsync(setup, mesh, expected, host, round);
            bool isRight = ended.All(one => one) && buffers.All(buffer => expected.Difference(buffer) is null);
            right += isRight && mesh.Leftovers(channel: 0) is null ? 1 : 0;
        }

        return right;
    }

    private static async Task<(bool[] Ended, float[][] Buffers)> RunOnceAsync(
        CollectiveSetup setup, CardMesh mesh, ExpectedCollective expected, ITaskHost host, int id)
    {
        bool[] ended = new bool[setup.Cards];
        float[][] buffers = [.. expected.Inputs.Select(input => (float[])input.Clone())];
        Task[] cards = new Task[setup.Cards];
        for (int index = 0; index < cards.Length; index++)
        {
            int card = index;
            cards[card] = Task.Run(async () =>
            {
                try
                {
                    await setup.Algorithm.RunAsync(new Card(mesh, card, new CollectiveCall(id), buffers[card], host));
                    ended[card] = true;
                }
                catch (CollectiveException)
                {
                    // What a card could not end is not judged by its buffer.
                }
            });
        }

        await Task.WhenAll(cards);
        return (ended, buffers);
    }
}

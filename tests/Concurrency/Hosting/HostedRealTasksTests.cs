using Spanker.Conformance.Collectives;
using Spanker.Conformance.Suite;
using Xunit;

namespace Spanker.Conformance.Tests.Concurrency.Hosting;

/// <summary>The same driver and cards on real tasks.</summary>
public sealed class HostedRealTasksTests
{
    [Fact]
    public async Task Hundreds_of_calls_on_2_to_8_cards_give_the_right_bits()
    {
        for (int cards = 2; cards <= 8; cards++)
        {
            foreach (ICollectiveAlgorithm algorithm in CollectiveAlgorithms.AllReduce)
            {
                foreach (HostingOptions hosting in (HostingOptions[])[new(), new(Looks: 2), new(PostsDoorbell: true)])
                {
                    Rig rig = new(new CollectiveSetup(algorithm, cards, Chunks: 2, Credits: 1), hosting);
                    for (int call = 1; call <= 5; call++)
                    {
                        Assert.Null(await rig.CallAsync(call));
                        rig.AssertRight();
                    }

                    await rig.CloseAsync();
                }
            }
        }
    }

    [Fact]
    public async Task A_fault_gives_a_typed_error_then_a_refusal_and_after_forming_the_right_bits()
    {
        foreach (ICollectiveAlgorithm algorithm in CollectiveAlgorithms.AllReduce)
        {
            foreach (LinkFaultKind kind in (LinkFaultKind[])[LinkFaultKind.Drop, LinkFaultKind.Corrupt, LinkFaultKind.PeerGone])
            {
                (int from, int to) = algorithm.Links(4).First();
                Rig rig = new(new CollectiveSetup(algorithm, 4, Chunks: 2, Credits: 1) { Fault = new LinkFault(kind, from, to) }, new HostingOptions());
                rig.Tasks.IsHasty = true;
                HostFailure? failure = await rig.CallAsync(1);
                HostFailure? refused = await rig.CallAsync(2);
                Assert.Null(await rig.FormAsync());
                rig.Tasks.IsHasty = false;

                Assert.Contains(failure!.Problem, (HostProblem[])[HostProblem.CardFailed, HostProblem.TimedOut, HostProblem.Aborted]);
                Assert.Equal(HostProblem.NotFormed, refused!.Problem);
                Assert.Null(await rig.CallAsync(3));
                rig.AssertRight();
                await rig.CloseAsync();
            }
        }
    }

    [Fact]
    public async Task A_close_during_a_call_ends_it_with_the_right_bits_or_a_typed_error()
    {
        for (int round = 0; round < 50; round++)
        {
            Rig rig = new(new CollectiveSetup(new RingAllReduce(), 4, Chunks: 4, Credits: 1), new HostingOptions());
            Task<HostFailure?> call = Task.Run(() => rig.CallAsync(1));
            Task close = Task.Run(rig.CloseAsync);
            await Task.WhenAll([call, close]);

            HostFailure? failure = await call;
            if (failure is null)
            {
                rig.AssertRight();
            }
            else
            {
                Assert.Contains(failure.Problem, (HostProblem[])[HostProblem.Aborted, HostProblem.Closed]);
            }
        }
    }

    private sealed class Rig
    {
        private readonly HostedTopology topology;
        private readonly CollectiveSetup setup;
        private readonly ExpectedCollective expected;
        private readonly Memory<float>[] buffers;
        private readonly Task[] loops;
        private readonly CardMesh mesh;

        internal Rig(CollectiveSetup setup, HostingOptions hosting)
        {
            this.setup = setup;
            mesh = new CardMesh(setup.Cards, new LinkShape(setup.Credits, setup.FrameElements), setup.Algorithm, setup.Fault);
            topology = new HostedTopology(mesh, setup.Algorithm, setup.Length, hosting);
            expected = new ExpectedCollective(setup, 0);
            buffers = [.. expected.Inputs.Select(input => new Memory<float>(new float[input.Length]))];
            loops =
            [
                .. topology.Cards.Select(card => Task.Run(() => card.RunAsync(Tasks).AsTask())),
                .. topology.Cards.Select(card => Task.Run(() => card.RunDmaAsync(Tasks).AsTask())),
            ];
        }

        internal PhasedTasks Tasks { get; } = new();

        internal async Task<HostFailure?> CallAsync(int id)
        {
            for (int card = 0; card < buffers.Length; card++)
            {
                expected.Inputs[card].CopyTo(buffers[card]);
            }

            return await topology.CallAsync(new CollectiveCall(id), buffers, Tasks);
        }

        internal async Task<HostFailure?> FormAsync()
        {
            HostFailure? failure = await topology.FormAsync(Tasks);
            if (setup.Fault is not null)
            {
                mesh.Link(setup.Fault.From, setup.Fault.To).Fault = null;
            }

            return failure;
        }

        internal async Task CloseAsync()
        {
            await topology.CloseAsync(Tasks);
            await Task.WhenAll(loops);
        }

        internal void AssertRight()
        {
            foreach (Memory<float> buffer in buffers)
            {
                Assert.Null(expected.Difference(buffer.Span));
            }
        }
    }
}

using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Tests.Concurrency.Hosting;

/// <summary>Drivers that do one thing wrong each.</summary>
internal static class BrokenHosts
{
    internal sealed class RingsBeforeDma(CardMesh mesh, ICollectiveAlgorithm algorithm, int capacity) : HostedTopology(mesh, algorithm, capacity)
    {
        protected override async ValueTask BringInAsync(CollectiveCall call, IReadOnlyList<Memory<float>> buffers, ITaskHost host)
        {
            foreach (HostedCard card in Cards)
            {
                await PostAsync(card, new DmaTransfer(buffers[card.Index], ToCard: true), host);
                await RingAsync(card, new CardCommand(call, buffers[card.Index].Length, Fence: 0), host);
            }
        }
    }

    internal sealed class IgnoresErrors(CardMesh mesh, ICollectiveAlgorithm algorithm, int capacity) : HostedTopology(mesh, algorithm, capacity)
    {
        protected override bool EndedWell(int status) => true;
    }

    internal sealed class LowersTheFlagSoon(CardMesh mesh, ICollectiveAlgorithm algorithm, int capacity) : HostedTopology(mesh, algorithm, capacity)
    {
        protected override async ValueTask CallOffAsync(ITaskHost host)
        {
            // Raised for a step; who was waiting at that moment and comes later sees nothing.
            await base.CallOffAsync(host);
            await base.CallOffAsync(host);
            Mesh.Abort.Lower();
        }
    }

    internal sealed class LetsGoEarly(CardMesh mesh, ICollectiveAlgorithm algorithm, int capacity) : HostedTopology(mesh, algorithm, capacity)
    {
        protected override ValueTask AwaitQuietAsync(ITaskHost host) => ValueTask.CompletedTask;
    }

    internal sealed class LooksBeforeEnablingOnly(CardMesh mesh, ICollectiveAlgorithm algorithm, int capacity) : HostedTopology(mesh, algorithm, capacity)
    {
        protected override async ValueTask<int> NextCompletionAsync(ITaskHost host)
        {
            while (true)
            {
                int card = await host.PerformAsync(Completions.Look());
                if (card >= 0)
                {
                    return card;
                }

                await host.PerformAsync(Completions.Enable());
                await host.PerformAsync(Completions.AwaitInterrupt());
            }
        }
    }

    internal sealed class ReturnsBeforeDmaOut(CardMesh mesh, ICollectiveAlgorithm algorithm, int capacity) : HostedTopology(mesh, algorithm, capacity)
    {
        protected override async ValueTask BringOutAsync(IReadOnlyList<Memory<float>> buffers, ITaskHost host)
        {
            foreach (HostedCard card in Cards)
            {
                await PostAsync(card, new DmaTransfer(buffers[card.Index], ToCard: false), host);
            }
        }
    }

    internal sealed class FormsOverAGoneCard(CardMesh mesh, ICollectiveAlgorithm algorithm, int capacity) : HostedTopology(mesh, algorithm, capacity)
    {
        protected override ValueTask QuietenAsync(ITaskHost host) => ValueTask.CompletedTask;
    }

    internal sealed class StaysReadyAfterAnError(CardMesh mesh, ICollectiveAlgorithm algorithm, int capacity) : HostedTopology(mesh, algorithm, capacity)
    {
        protected override ValueTask EndAsync(HostFailure? failure, ITaskHost host) => base.EndAsync(null, host);
    }

    internal sealed class WaitsForEverWithoutALimit(CardMesh mesh, ICollectiveAlgorithm algorithm, int capacity) : HostedTopology(mesh, algorithm, capacity)
    {
        protected override async ValueTask<int> NextCompletionAsync(ITaskHost host)
        {
            int card;
            while (true)
            {
                await host.PerformAsync(Completions.Enable());
                card = await host.PerformAsync(Completions.Look());
                if (card >= 0)
                {
                    return card;
                }

                await host.PerformAsync(Completions.AwaitInterrupt());
            }
        }
    }
}

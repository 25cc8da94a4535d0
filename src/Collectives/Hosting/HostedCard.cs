using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Collectives;

/// <summary>A card behind a host: its memory, its port, its DMA engine, and what the card and the engine do, each a task of its own.</summary>
/// <remarks>
/// A card that is gone (<see cref="CollectiveProblem.Gone"/>) writes no status and completes nothing; it drops commands until it is reset. Its DMA engine
/// belongs to the host's path, which is reliable, and goes on.
/// </remarks>
public sealed class HostedCard
{
    private readonly HostedTopology topology;
    private readonly float[] memory;

    internal HostedCard(HostedTopology topology, int index, int capacity)
    {
        this.topology = topology;
        Index = index;
        memory = new float[capacity];
        Port = new CardPort(index);
        Dma = new DmaChannel(index);
    }

    /// <summary>Which card, from 0.</summary>
    public int Index { get; }

    /// <summary>Its registers.</summary>
    public CardPort Port { get; }

    /// <summary>Its DMA engine's descriptors.</summary>
    public DmaChannel Dma { get; }

    /// <summary>The card: serves its doorbell until it is stopped.</summary>
    public async ValueTask RunAsync(ITaskHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        bool gone = false;
        while (true)
        {
            switch ((CardWord)await host.PerformAsync(Port.Take()))
            {
                case CardWord.Stop:
                    return;
                case CardWord.Reset:
                    gone = false;
                    await host.PerformAsync(Port.Answer());
                    break;
                default:
                    gone = gone || !await ServeAsync(host);
                    break;
            }
        }
    }

    /// <summary>The DMA engine: moves what descriptors say until it is stopped.</summary>
    public async ValueTask RunDmaAsync(ITaskHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        while (await host.PerformAsync(Dma.Take()) != 0)
        {
            DmaTransfer transfer = Dma.Transfer;
            Memory<float> own = memory.AsMemory(0, transfer.Host.Length);
            host.Access(topology.PinOf(Index), 0, 1, writes: false);
            host.Access(topology.HostBufferOf(Index), 0, own.Length, writes: !transfer.ToCard);
            host.Access(topology.Mesh.BufferOf(Index, 0), 0, own.Length, writes: transfer.ToCard);
            (transfer.ToCard ? transfer.Host : own).CopyTo(transfer.ToCard ? own : transfer.Host);
            await host.PerformAsync(Dma.Finish());
        }
    }

    /// <summary>For a run from the start: nothing in memory.</summary>
    internal void Reset() => memory.AsSpan().Fill(float.NaN);

    /// <summary>Runs a command; false if the card is gone.</summary>
    private async ValueTask<bool> ServeAsync(ITaskHost host)
    {
        host.Access(topology.CommandOf(Index), 0, 1, writes: false);
        CardCommand command = Port.Command!;
        if (command.Fence > 0 && await host.PerformAsync(Dma.LookForFinish(command.Fence)) == 0)
        {
            await host.PerformAsync(Dma.AwaitFinish(command.Fence));
        }

        int status = CardStatus.Done;
        try
        {
            await topology.Algorithm.RunAsync(new Card(topology.Mesh, Index, command.Call, memory.AsMemory(0, command.Length), host));
        }
        catch (CollectiveException problem)
        {
            if (problem.Problem == CollectiveProblem.Gone)
            {
                return false;
            }

            status = CardStatus.Failed(problem.Problem);
        }

        await host.PerformAsync(Port.WriteStatus(status));
        await host.PerformAsync(topology.Completions.Post(Index));
        return true;
    }
}

using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Collectives;

/// <summary>The host's driver of several cards: brings buffers in, rings, waits, brings results out; calls off, forms anew, closes.</summary>
/// <remarks>
/// Order of a call: DMA in is finished, the doorbell rings, the card runs, it completes, DMA out is finished, the call returns. Results come out only once
/// every card has ended well, so a call that fails leaves the host's buffers as they were. The steps that a driver can get wrong are virtual.
/// </remarks>
public class HostedTopology
{
    private readonly bool[] outstanding;
    private readonly HostingOptions options;

    /// <summary>A driver of the cards of a mesh.</summary>
    /// <param name="mesh">The links; one channel is used.</param>
    /// <param name="algorithm">What the cards do.</param>
    /// <param name="capacity">Elements of each card's memory.</param>
    /// <param name="options">How the host waits and rings.</param>
    public HostedTopology(CardMesh mesh, ICollectiveAlgorithm algorithm, int capacity, HostingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        ArgumentNullException.ThrowIfNull(algorithm);
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        Mesh = mesh;
        Algorithm = algorithm;
        Capacity = capacity;
        this.options = options ?? new HostingOptions();
        outstanding = new bool[mesh.Cards];
        Cards = [.. Enumerable.Range(0, mesh.Cards).Select(card => new HostedCard(this, card, capacity))];
    }

    /// <summary>The links.</summary>
    public CardMesh Mesh { get; }

    /// <summary>What the cards do.</summary>
    public ICollectiveAlgorithm Algorithm { get; }

    /// <summary>Elements of each card's memory.</summary>
    public int Capacity { get; }

    /// <summary>The cards; each one's two loops are to be run as tasks.</summary>
    public IReadOnlyList<HostedCard> Cards { get; }

    /// <summary>The topology's state.</summary>
    public TopologyGate Gate { get; } = new();

    /// <summary>What has completed.</summary>
    public CompletionRing Completions { get; } = new();

    /// <summary>All that is shared, links included, for an <see cref="ExploredProgram"/>.</summary>
    public IEnumerable<SharedObject> Shared =>
        [.. Mesh.Shared, Gate, Completions, .. Cards.Select(card => card.Port), .. Cards.Select(card => card.Dma)];

    /// <summary>Number of the host's buffer for a card, for <see cref="ITaskHost.Access"/>.</summary>
    public int HostBufferOf(int card) => Mesh.BufferCount + card;

    /// <summary>Number of the place where a card's command lies.</summary>
    public int CommandOf(int card) => Mesh.BufferCount + Mesh.Cards + card;

    /// <summary>Number that stands for the pinning of a card's host buffer: read while DMA may touch it, written when it is let go.</summary>
    public int PinOf(int card) => Mesh.BufferCount + 2 * Mesh.Cards + card;

    /// <summary>For a run from the start; no task may be at work.</summary>
    public void Reset()
    {
        Array.Clear(outstanding);
        foreach (HostedCard card in Cards)
        {
            card.Reset();
        }
    }

    /// <summary>Runs a collective over the host's buffers, one a card, input and result.</summary>
    /// <returns>Null if every card ended well and every result is in the host's buffer; otherwise why not.</returns>
    /// <exception cref="ArgumentException">Buffers do not fit the cards.</exception>
    public async ValueTask<HostFailure?> CallAsync(CollectiveCall call, IReadOnlyList<Memory<float>> buffers, ITaskHost host)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(host);
        CheckBuffers(buffers);
        int answer = await host.PerformAsync(Gate.Begin());
        if (answer != TopologyGate.Granted)
        {
            return HostFailure.Refusal(answer);
        }

        await BringInAsync(call, buffers, host);
        HostFailure? failure = await CollectAsync(host);
        await SettleAsync(host);
        if (failure is null && await host.PerformAsync(Gate.Commit()) != TopologyGate.Granted)
        {
            failure = new HostFailure(HostProblem.Aborted);
        }

        if (failure is null)
        {
            await BringOutAsync(buffers, host);
        }

        await EndAsync(failure, host);
        return failure;
    }

    /// <summary>Calls the running call off, if one runs and has not committed.</summary>
    /// <returns>Number of that call, from 1, or 0.</returns>
    public async ValueTask<int> AbortAsync(ITaskHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        int call = await host.PerformAsync(Gate.BeginCallingOff());
        if (call > 0)
        {
            await CallOffAsync(host);
            await host.PerformAsync(Gate.EndCallingOff());
        }

        return call;
    }

    /// <summary>Forms the topology anew: resets cards that have not completed, trains and empties every link.</summary>
    /// <returns>Null, or why it was refused.</returns>
    public async ValueTask<HostFailure?> FormAsync(ITaskHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        int answer = await host.PerformAsync(Gate.BeginForm());
        if (answer != TopologyGate.Granted)
        {
            return HostFailure.Refusal(answer);
        }

        await QuietenAsync(host);
        await Mesh.FormAsync(host);
        Completions.Form();
        await host.PerformAsync(Gate.EndForm());
        return null;
    }

    /// <summary>Closes: calls a running call off, waits until nothing touches a buffer any more, lets go of buffers, ends every card and engine.</summary>
    /// <returns>Number of the call that it called off, from 1, or 0.</returns>
    public async ValueTask<int> CloseAsync(ITaskHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        int answer = await host.PerformAsync(Gate.BeginClose());
        if (answer == TopologyGate.IsClosed)
        {
            await host.PerformAsync(Gate.AwaitClosed());
            return 0;
        }

        int calledOff = 0;
        if (answer == TopologyGate.CalledOff)
        {
            // The call cannot end before this is done with it.
            calledOff = Gate.Calls;
            await CallOffAsync(host);
            await host.PerformAsync(Gate.EndCallingOff());
        }

        await AwaitQuietAsync(host);
        foreach (HostedCard card in Cards)
        {
            host.Access(PinOf(card.Index), 0, 1, writes: true);
            card.Dma.Transfer = default;
        }

        foreach (HostedCard card in Cards)
        {
            await host.PerformAsync(card.Dma.Stop());
            await host.PerformAsync(card.Port.Ring(CardWord.Stop));
        }

        await host.PerformAsync(Gate.EndClose());
        return calledOff;
    }

    /// <summary>DMA in and doorbells.</summary>
    protected virtual async ValueTask BringInAsync(CollectiveCall call, IReadOnlyList<Memory<float>> buffers, ITaskHost host)
    {
        ArgumentNullException.ThrowIfNull(buffers);
        foreach (HostedCard card in Cards)
        {
            int transfer = await PostAsync(card, new DmaTransfer(buffers[card.Index], ToCard: true), host);
            if (options.PostsDoorbell)
            {
                await RingAsync(card, new CardCommand(call, buffers[card.Index].Length, transfer), host);
            }
        }

        if (!options.PostsDoorbell)
        {
            foreach (HostedCard card in Cards)
            {
                await host.PerformAsync(card.Dma.AwaitFinish(card.Dma.Posted));
                await RingAsync(card, new CardCommand(call, buffers[card.Index].Length, Fence: 0), host);
            }
        }
    }

    /// <summary>DMA out, to its end.</summary>
    protected virtual async ValueTask BringOutAsync(IReadOnlyList<Memory<float>> buffers, ITaskHost host)
    {
        ArgumentNullException.ThrowIfNull(buffers);
        foreach (HostedCard card in Cards)
        {
            await PostAsync(card, new DmaTransfer(buffers[card.Index], ToCard: false), host);
        }

        await SettleAsync(host);
    }

    /// <summary>Waits until every transfer posted is finished.</summary>
    protected virtual async ValueTask SettleAsync(ITaskHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        foreach (HostedCard card in Cards)
        {
            await host.PerformAsync(card.Dma.AwaitFinish(card.Dma.Posted));
        }
    }

    /// <summary>Waits for the next completion: looks a bounded number of times, then asks for an interrupt, looks once more and waits.</summary>
    /// <returns>The card, or -1 once the limit has passed.</returns>
    protected virtual async ValueTask<int> NextCompletionAsync(ITaskHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        int card;
        for (int look = 0; look < options.Looks; look++)
        {
            card = await host.PerformAsync(Completions.Look());
            if (card >= 0)
            {
                return card;
            }
        }

        while (true)
        {
            await host.PerformAsync(Completions.Enable());
            card = await host.PerformAsync(Completions.Look());
            if (card >= 0 || await host.PerformAsync(Completions.AwaitInterrupt(), limited: true) == StepOutcome.TimedOut)
            {
                return card;
            }
        }
    }

    /// <summary>True if a card with this status has ended well.</summary>
    protected virtual bool EndedWell(int status) => status == CardStatus.Done;

    /// <summary>Raises the flag that ends every wait on a link.</summary>
    protected virtual async ValueTask CallOffAsync(ITaskHost host) => await Mesh.Abort.RaiseAsync(host);

    /// <summary>The call ends; one that failed leaves the topology broken.</summary>
    protected virtual async ValueTask EndAsync(HostFailure? failure, ITaskHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        await host.PerformAsync(Gate.End(well: failure is null));
    }

    /// <summary>Resets every card that has not completed and waits until it is idle.</summary>
    protected virtual async ValueTask QuietenAsync(ITaskHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        foreach (HostedCard card in Cards)
        {
            if (outstanding[card.Index])
            {
                await host.PerformAsync(card.Port.Ring(CardWord.Reset));
                await host.PerformAsync(card.Port.AwaitAnswer());
                outstanding[card.Index] = false;
            }
        }
    }

    /// <summary>Waits until no call runs and no card is at work.</summary>
    protected virtual async ValueTask AwaitQuietAsync(ITaskHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        await host.PerformAsync(Gate.AwaitIdle());
        await QuietenAsync(host);
    }

    /// <summary>Posts a descriptor; the outcome is the transfer's number.</summary>
    protected static ValueTask<int> PostAsync(HostedCard card, DmaTransfer transfer, ITaskHost host)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(host);
        card.Dma.Transfer = transfer;
        return host.PerformAsync(card.Dma.Post());
    }

    /// <summary>Writes a command and rings.</summary>
    protected async ValueTask RingAsync(HostedCard card, CardCommand command, ITaskHost host)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(host);
        host.Access(CommandOf(card.Index), 0, 1, writes: true);
        card.Port.Command = command;
        outstanding[card.Index] = true;
        await host.PerformAsync(card.Port.Ring(CardWord.Command));
    }

    /// <summary>Collects completions; on the first error calls the rest off and goes on collecting, for one limit more.</summary>
    private async ValueTask<HostFailure?> CollectAsync(ITaskHost host)
    {
        HostFailure? failure = null;
        for (int left = Cards.Count; left > 0;)
        {
            int card = await NextCompletionAsync(host);
            HostFailure? found;
            if (card < 0)
            {
                if (failure is not null)
                {
                    // Called off, and still silent: that card is gone.
                    return failure;
                }

                found = new HostFailure(HostProblem.TimedOut, Array.IndexOf(outstanding, true));
            }
            else
            {
                left--;
                outstanding[card] = false;
                int status = await host.PerformAsync(Cards[card].Port.ReadStatus());
                found = EndedWell(status) ? null : FailureOf(card, status);
            }

            if (found is not null && failure is null)
            {
                failure = found;
                await CallOffAsync(host);
            }
        }

        return failure;
    }

    private static HostFailure FailureOf(int card, int status)
    {
        CollectiveProblem? problem = CardStatus.ProblemOf(status);
        return new HostFailure(problem == CollectiveProblem.Aborted ? HostProblem.Aborted : HostProblem.CardFailed, card, problem);
    }

    private void CheckBuffers(IReadOnlyList<Memory<float>> buffers)
    {
        ArgumentNullException.ThrowIfNull(buffers);
        if (buffers.Count != Cards.Count)
        {
            throw new ArgumentException($"{buffers.Count} buffers for {Cards.Count} cards", nameof(buffers));
        }

        foreach (Memory<float> buffer in buffers)
        {
            if (buffer.Length > Capacity || buffer.Length != buffers[0].Length)
            {
                throw new ArgumentException($"a buffer of {buffer.Length} elements; all are to be as long, at most {Capacity}", nameof(buffers));
            }
        }
    }
}

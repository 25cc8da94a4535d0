using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Collectives;

/// <summary>Tells a card from which of the others the next frame came, in the order of arrival; the frame itself is then received from that link.</summary>
/// <remarks>
/// Two sends to one inbox do not commute: their order is what the receiver sees. That order is not one that memory follows, so it hides no race between
/// the senders. The k-th arrival is told after the k-th send. Each channel has arrivals of its own: a collective is not told of another's frames.
/// </remarks>
public sealed class CardInbox : SharedObject
{
    private const int TailFacet = 0;
    private const int MessageChannel = 8;
    private readonly List<CardLink> links = [];
    private readonly Queue<(int Source, int Number)>[] arrivals;
    private readonly int[] sources;
    private readonly int[] sendsEver;
    private readonly AbortFlag? abort;

    /// <summary>An inbox of one card.</summary>
    /// <param name="owner">The card that receives.</param>
    /// <param name="abort">Ends every wait when raised; or null.</param>
    /// <param name="channels">Collectives that may run at once.</param>
    public CardInbox(int owner, AbortFlag? abort = null, int channels = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels, CardLink.MostChannels);
        Owner = owner;
        arrivals = new Queue<(int Source, int Number)>[channels];
        for (int channel = 0; channel < channels; channel++)
        {
            arrivals[channel] = new Queue<(int Source, int Number)>();
        }

        sources = new int[channels];
        sendsEver = new int[channels];
        this.abort = abort;
        abort?.Ends(this);
        Name = $"inbox of {owner}";
    }

    /// <summary>The card that receives.</summary>
    public int Owner { get; }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>The card whose frame came; valid after <see cref="ReceiveAny"/> was done on that channel.</summary>
    public int SourceAt(int channel) => sources[channel];

    /// <summary>Waits for a frame from anybody.</summary>
    public Operation ReceiveAny(int channel) => new(this, OperationKind.ReceiveAny, channel);

    /// <summary>Formed anew: nothing has come. Nobody may be waiting.</summary>
    public void Form()
    {
        foreach (Queue<(int Source, int Number)> queue in arrivals)
        {
            queue.Clear();
        }
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        Form();
        Array.Clear(sendsEver);
        Array.Clear(sources);
    }

    /// <inheritdoc/>
    public override bool Permits(in Operation operation)
    {
        lock (arrivals)
        {
            return arrivals[operation.Argument].Count > 0 || abort is { IsRaised: true } || AnyNotUp();
        }
    }

    /// <inheritdoc/>
    public override int Perform(in Operation operation)
    {
        lock (arrivals)
        {
            if (abort is { IsRaised: true })
            {
                return LinkOutcome.Aborted;
            }

            // Links have locks of their own: one that was down when this was permitted may be up again, and nothing has come.
            Queue<(int Source, int Number)> queue = arrivals[operation.Argument];
            if (AnyNotUp() || queue.Count == 0)
            {
                return LinkOutcome.NotUp;
            }

            (sources[operation.Argument], _) = queue.Dequeue();
            return LinkOutcome.Done;
        }
    }

    /// <inheritdoc/>
    public override void Touch(in Operation operation, ref Footprint footprint)
    {
        if (abort is not null)
        {
            footprint.Reads(abort, 0);
        }

        foreach (CardLink link in links)
        {
            if (link.Fault is not null)
            {
                link.TouchState(ref footprint);
            }
        }

        Queue<(int Source, int Number)> queue = arrivals[operation.Argument];
        footprint.Consumes(this, MessageChannel + operation.Argument, queue.Count > 0 ? queue.Peek().Number : sendsEver[operation.Argument]);
    }

    /// <inheritdoc/>
    public override string ChoiceOf(in Operation operation) => "any-source arrival";

    /// <inheritdoc/>
    public override string Describe(in Operation operation) =>
        arrivals.Length > 1 ? $"receive any at {Name}, channel {operation.Argument}" : $"receive any at {Name}";

    internal void Watch(CardLink link) => links.Add(link);

    /// <summary>A send to the owner: in which order it comes among the others is a choice.</summary>
    internal void TouchBySend(int channel, ref Footprint footprint)
    {
        footprint.Writes(this, TailFacet + channel, synchronises: false);
        footprint.Produces(this, MessageChannel + channel);
    }

    /// <summary>A send was done; <paramref name="frames"/> frames arrived by it.</summary>
    internal void Arrived(int source, int channel, int frames)
    {
        lock (arrivals)
        {
            for (int i = 0; i < frames; i++)
            {
                arrivals[channel].Enqueue((source, sendsEver[channel]));
            }

            sendsEver[channel]++;
        }
    }

    private bool AnyNotUp() => links.Exists(link => link.State != LinkState.Up);
}

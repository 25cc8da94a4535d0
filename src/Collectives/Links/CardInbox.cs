using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Collectives;

/// <summary>Tells a card from which of the others the next frame came, in the order of arrival; the frame itself is then received from that link.</summary>
/// <remarks>
/// Two sends to one inbox do not commute: their order is what the receiver sees. That order is not one that memory follows, so it hides no race between
/// the senders. The k-th arrival is told after the k-th send.
/// </remarks>
public sealed class CardInbox : SharedObject
{
    private const int TailFacet = 0;
    private const int MessageChannel = 8;
    private readonly List<CardLink> links = [];
    private readonly Queue<(int Source, int Number)> arrivals = new();
    private readonly AbortFlag? abort;
    private int sendsEver;

    /// <summary>An inbox of one card.</summary>
    /// <param name="owner">The card that receives.</param>
    /// <param name="abort">Ends every wait when raised; or null.</param>
    public CardInbox(int owner, AbortFlag? abort = null)
    {
        Owner = owner;
        this.abort = abort;
        abort?.Ends(this);
        Name = $"inbox of {owner}";
    }

    /// <summary>The card that receives.</summary>
    public int Owner { get; }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>The card whose frame came; valid after <see cref="ReceiveAny"/> was done.</summary>
    public int Source { get; private set; }

    /// <summary>Waits for a frame from anybody.</summary>
    public Operation ReceiveAny() => new(this, OperationKind.ReceiveAny);

    /// <summary>Formed anew: nothing has come. Nobody may be waiting.</summary>
    public void Form() => arrivals.Clear();

    /// <inheritdoc/>
    public override void Reset()
    {
        arrivals.Clear();
        sendsEver = 0;
        Source = 0;
    }

    /// <inheritdoc/>
    public override bool Permits(in Operation operation)
    {
        lock (arrivals)
        {
            return arrivals.Count > 0 || abort is { IsRaised: true } || AnyNotUp();
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

            if (AnyNotUp())
            {
                return LinkOutcome.NotUp;
            }

            (Source, _) = arrivals.Dequeue();
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

        footprint.Consumes(this, MessageChannel, arrivals.Count > 0 ? arrivals.Peek().Number : sendsEver);
    }

    /// <inheritdoc/>
    public override string ChoiceOf(in Operation operation) => "any-source arrival";

    /// <inheritdoc/>
    public override string Describe(in Operation operation) => $"receive any at {Name}";

    internal void Watch(CardLink link) => links.Add(link);

    /// <summary>A send to the owner: in which order it comes among the others is a choice.</summary>
    internal void TouchBySend(ref Footprint footprint)
    {
        footprint.Writes(this, TailFacet, synchronises: false);
        footprint.Produces(this, MessageChannel);
    }

    /// <summary>A send was done; <paramref name="frames"/> frames arrived by it.</summary>
    internal void Arrived(int source, int frames)
    {
        lock (arrivals)
        {
            for (int i = 0; i < frames; i++)
            {
                arrivals.Enqueue((source, sendsEver));
            }

            sendsEver++;
        }
    }

    private bool AnyNotUp() => links.Exists(link => link.Condition != LinkCondition.Up);
}

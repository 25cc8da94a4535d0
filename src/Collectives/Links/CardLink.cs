using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Collectives;

/// <summary>A directed link between two cards: first in, first out, with finite credits; a channel for each collective that runs at once.</summary>
/// <remarks>
/// A frame goes through five stations: take a credit, write the slot that it stands for, send, receive and read, give the credit back. Slots are
/// written and read between operations, by the cards' own code. Of a channel, sending and receiving commute, as do taking and giving back a credit, since
/// each has one task at each end; the k-th receive needs the k-th send, the k-th credit the (k - credits)-th one given back. Channels share the wire,
/// so the sends of two collectives do not commute.
/// </remarks>
public sealed class CardLink : SharedObject
{
    /// <summary>The most collectives at once.</summary>
    public const int MostChannels = 7;

    private const int TailFacet = 0;
    private const int StateFacet = 1;
    private const int MessageChannel = 8;
    private const int CreditChannel = 16;
    private readonly Channel[] channels;
    private readonly AbortFlag? abort;
    private readonly CardInbox? inbox;
    private readonly LinkTraining training = new();
    private int sent;
    private double wireFreeAt;

    /// <summary>A link that is Up.</summary>
    /// <param name="from">The sending card.</param>
    /// <param name="to">The receiving card.</param>
    /// <param name="shape">Credits, elements a frame, channels.</param>
    /// <param name="abort">Ends every wait when raised; or null.</param>
    /// <param name="inbox">Is told what arrives; or null.</param>
    public CardLink(int from, int to, LinkShape shape, AbortFlag? abort = null, CardInbox? inbox = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        From = from;
        To = to;
        Shape = shape;
        this.abort = abort;
        abort?.Ends(this);
        this.inbox = inbox;
        inbox?.Watch(this);
        Wakes = inbox is null ? [] : [inbox];
        Name = $"link {from}->{to}";
        channels = new Channel[shape.Channels];
        for (int channel = 0; channel < channels.Length; channel++)
        {
            channels[channel] = new Channel(shape);
        }

        training.Train();
    }

    /// <summary>The sending card.</summary>
    public int From { get; }

    /// <summary>The receiving card.</summary>
    public int To { get; }

    /// <summary>Credits, elements a frame, channels.</summary>
    public LinkShape Shape { get; }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<SharedObject> Wakes { get; }

    /// <summary>What this link does wrong, or null.</summary>
    public LinkFault? Fault { get; set; }

    /// <summary>Where the link stands.</summary>
    public LinkState State => training.State;

    /// <summary>Number of frames sent, on all channels.</summary>
    public int FramesSent => sent;

    /// <summary>Credits that are with the sender now.</summary>
    public int CreditsAt(int channel) => Shape.Credits - channels[channel].Taken + channels[channel].Returned;

    /// <summary>True if the sending card came to where it is gone.</summary>
    public bool SenderWasGone { get; private set; }

    /// <summary>Times that it went down since it was formed.</summary>
    public int Failures { get; private set; }

    /// <summary>Frames on the way.</summary>
    public int FramesOnTheWay(int channel) => channels[channel].Queue.Count;

    /// <summary>Waits for a credit.</summary>
    public Operation TakeCredit(int channel) => new(this, OperationKind.TakeCredit, channel);

    /// <summary>The slot that the credit taken last stands for.</summary>
    public LinkFrame SlotToWrite(int channel) => channels[channel].Slots[SlotNumberToWrite(channel)];

    /// <summary>Its number: what <see cref="ITaskHost.Access"/> is told.</summary>
    public int SlotNumberToWrite(int channel) => (channels[channel].Taken - 1) % Shape.Credits;

    /// <summary>Sends the slot that was written.</summary>
    public Operation Send(int channel) => new(this, OperationKind.Send, channel);

    /// <summary>Waits for a frame.</summary>
    public Operation Receive(int channel) => new(this, OperationKind.Receive, channel);

    /// <summary>The slot that was received last.</summary>
    public LinkFrame Received(int channel) => channels[channel].Slots[channels[channel].ReceivedSlot];

    /// <summary>Its number.</summary>
    public int SlotNumberReceived(int channel) => channels[channel].ReceivedSlot;

    /// <summary>Gives the credit of the frame received last back.</summary>
    public Operation ReturnCredit(int channel) => new(this, OperationKind.ReturnCredit, channel);

    /// <summary>Forms the link anew as a step of its own: what the environment does to the link comes before it or after it.</summary>
    public Operation Forming() => new(this, OperationKind.Write);

    /// <summary>What the environment does to the link, for <see cref="ExploredProgram"/>: nothing for faults of single frames but a delay.</summary>
    public IEnumerable<EnvironmentAction> ActionsOf(LinkFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (fault.Kind is LinkFaultKind.Down or LinkFaultKind.Retrain)
        {
            yield return new EnvironmentAction($"{Name} goes down", new Operation(this, OperationKind.Fault));
        }

        if (fault.Kind == LinkFaultKind.Retrain)
        {
            yield return new EnvironmentAction($"{Name} is trained again", new Operation(this, OperationKind.Arrive, 1));
        }

        if (fault.Kind == LinkFaultKind.Delay)
        {
            yield return new EnvironmentAction($"{Name} delivers late", new Operation(this, OperationKind.Arrive), WhenIdle: true);
        }
    }

    /// <summary>Formed anew: nothing on the way, all credits with the sender, Up. Nobody may be waiting.</summary>
    public void Form()
    {
        foreach (Channel channel in channels)
        {
            channel.Form();
        }

        training.Reset();
        training.Train();
        Failures = 0;
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        foreach (Channel channel in channels)
        {
            channel.Reset();
        }

        training.Reset();
        training.Train();
        sent = 0;
        wireFreeAt = 0;
        Failures = 0;
        SenderWasGone = false;
    }

    /// <inheritdoc/>
    public override bool Permits(in Operation operation)
    {
        Channel? channel = operation.Kind is OperationKind.Fault or OperationKind.Arrive or OperationKind.Write ? null : channels[operation.Argument];
        bool ends = State != LinkState.Up || abort is { IsRaised: true };
        return operation.Kind switch
        {
            OperationKind.TakeCredit => ends || channel!.Taken - channel.Returned < Shape.Credits,
            OperationKind.Receive => ends || (channel!.Queue.Count > 0 && !channel.Queue.Peek().Held),
            OperationKind.Arrive => operation.Argument == 1 ? State == LinkState.Down : Array.Exists(channels, one => one.Held),
            _ => true,
        };
    }

    /// <inheritdoc/>
    public override int Perform(in Operation operation)
    {
        switch (operation.Kind)
        {
            case OperationKind.Write:
                Form();
                return LinkOutcome.Done;
            case OperationKind.Fault:
                training.Drop();
                Failures++;
                foreach (Channel one in channels)
                {
                    one.Queue.Clear();
                }

                return LinkOutcome.Done;
            case OperationKind.Arrive when operation.Argument == 1:
                training.Train();
                return LinkOutcome.Done;
            case OperationKind.Arrive:
                foreach (Channel one in channels)
                {
                    one.Release();
                }

                return LinkOutcome.Done;
            case OperationKind.ReturnCredit:
                channels[operation.Argument].Returned++;
                channels[operation.Argument].ReturnsEver++;
                return LinkOutcome.Done;
            default:
                break;
        }

        if (operation.Kind == OperationKind.Send)
        {
            channels[operation.Argument].SendsEver++;
        }

        int outcome = DoOnChannel(operation);
        if (outcome != LinkOutcome.Done && operation.Kind == OperationKind.Send)
        {
            inbox?.Arrived(From, operation.Argument, 0);
        }

        return outcome;
    }

    private int DoOnChannel(in Operation operation)
    {
        if (abort is { IsRaised: true })
        {
            return LinkOutcome.Aborted;
        }

        if (State != LinkState.Up)
        {
            return LinkOutcome.NotUp;
        }

        Channel channel = channels[operation.Argument];
        switch (operation.Kind)
        {
            case OperationKind.TakeCredit:
                channel.Taken++;
                break;
            case OperationKind.Send:
                Put(channel, operation.Argument);
                break;
            default:
                channel.ReceivedSlot = channel.Queue.Dequeue().Slot;
                break;
        }

        return LinkOutcome.Done;
    }

    /// <inheritdoc/>
    public override void Touch(in Operation operation, ref Footprint footprint)
    {
        switch (operation.Kind)
        {
            case OperationKind.Fault or OperationKind.Arrive or OperationKind.Write:
                footprint.Writes(this, StateFacet, synchronises: false);
                return;
            case OperationKind.ReturnCredit:
                footprint.Produces(this, CreditChannel + operation.Argument);
                return;
            default:
                break;
        }

        footprint.Reads(this, StateFacet, synchronises: false);
        if (abort is not null)
        {
            footprint.Reads(abort, 0);
        }

        Channel channel = channels[operation.Argument];
        switch (operation.Kind)
        {
            case OperationKind.TakeCredit:
                int needed = channel.Taken - Shape.Credits;
                footprint.Consumes(this, CreditChannel + operation.Argument, needed < 0 ? -1 : channel.ReturnsBefore + needed);
                break;
            case OperationKind.Send:
                footprint.Produces(this, MessageChannel + operation.Argument);
                inbox?.TouchBySend(operation.Argument, ref footprint);
                if (channels.Length > 1)
                {
                    footprint.Writes(this, TailFacet, synchronises: false);
                }

                break;
            default:
                // A frame that was lost or doubled moves the count; the next send that is there is the one that matters.
                footprint.Consumes(this, MessageChannel + operation.Argument, channel.Queue.Count > 0 ? channel.Queue.Peek().Number : channel.SendsEver);
                break;
        }
    }

    /// <inheritdoc/>
    public override string ChoiceOf(in Operation operation) => operation.Kind switch
    {
        OperationKind.Send => "two collectives on a link",
        OperationKind.Fault => "link down",
        OperationKind.Arrive => operation.Argument == 1 ? "link trained again" : "delayed frame",
        _ => "link state",
    };

    /// <inheritdoc/>
    public override string ChoiceBetween(in Operation operation, in Operation other) =>
        operation.Kind == OperationKind.Send && other.Kind != OperationKind.Send ? "link state"
        : operation.Kind == OperationKind.Send && other.Target != this ? "any-source arrival"
        : ChoiceOf(operation);

    /// <inheritdoc/>
    public override string Describe(in Operation operation) => operation.Kind switch
    {
        OperationKind.Fault => $"{Name} goes down",
        OperationKind.Write => $"form {Name}",
        OperationKind.Arrive => operation.Argument == 1 ? $"{Name} is trained again" : $"{Name} delivers late",
        _ when channels.Length > 1 => $"{Words(operation.Kind)} {Name}, channel {operation.Argument}",
        _ => base.Describe(operation),
    };

    /// <summary>True if the sending card is gone; notes that it came to that.</summary>
    /// <param name="channel">The collective's: what another one sent is not the sender's to know.</param>
    internal bool StopsSender(int channel)
    {
        bool isGone = Fault is { Kind: LinkFaultKind.PeerGone } fault && channels[channel].SendsEver >= fault.Frame;
        SenderWasGone |= isGone;
        return isGone;
    }

    internal void TouchState(ref Footprint footprint) => footprint.Reads(this, StateFacet, synchronises: false);

    private void Put(Channel channel, int channelNumber)
    {
        int slot = channel.Sent % Shape.Credits;
        int number = channel.SendsEver - 1;
        LinkFrame frame = channel.Slots[slot];
        wireFreeAt = Math.Max(frame.SentAt, wireFreeAt) + frame.Beats * LinkFrame.BeatBytes / Shape.BytesPerSecond;
        frame.ArrivesAt = wireFreeAt + Shape.LatencySeconds;
        channel.Sent++;
        LinkFaultKind? fault = Fault is { } planned && planned.Frame == sent ? planned.Kind : null;
        sent++;
        switch (fault)
        {
            case LinkFaultKind.Drop:
                inbox?.Arrived(From, channelNumber, 0);
                return;
            case LinkFaultKind.Corrupt:
                channel.Slots[slot].Corrupt(number * 37 + 11);
                break;
            case LinkFaultKind.Duplicate:
                channel.Slots[Shape.Credits].CopyFrom(channel.Slots[slot]);
                channel.Queue.Enqueue(new Flight(slot, number, Held: false));
                slot = Shape.Credits;
                break;
            default:
                break;
        }

        channel.Queue.Enqueue(new Flight(slot, number, Held: fault == LinkFaultKind.Delay));
        inbox?.Arrived(From, channelNumber, fault == LinkFaultKind.Duplicate ? 2 : 1);
    }

    /// <summary>A frame on the way.</summary>
    private readonly record struct Flight(int Slot, int Number, bool Held);

    private sealed class Channel
    {
        internal Channel(LinkShape shape)
        {
            // One more than credits: what the wire doubles has room of its own.
            Slots = new LinkFrame[shape.Credits + 1];
            for (int slot = 0; slot < Slots.Length; slot++)
            {
                Slots[slot] = new LinkFrame(shape.FrameElements);
            }

            Queue = new Queue<Flight>(shape.Credits + 1);
        }

        internal LinkFrame[] Slots { get; }

        internal Queue<Flight> Queue { get; }

        internal int Taken { get; set; }

        internal int Returned { get; set; }

        internal int Sent { get; set; }

        /// <summary>Sends and returns since the start, across forming anew: what tokens are numbered by.</summary>
        internal int SendsEver { get; set; }

        internal int ReturnsEver { get; set; }

        internal int ReturnsBefore { get; private set; }

        internal int ReceivedSlot { get; set; }

        internal bool Held => Queue.Count > 0 && Queue.Any(flight => flight.Held);

        internal void Release()
        {
            for (int left = Queue.Count; left > 0; left--)
            {
                Queue.Enqueue(Queue.Dequeue() with { Held = false });
            }
        }

        internal void Form()
        {
            Queue.Clear();
            Taken = 0;
            Returned = 0;
            ReturnsBefore = ReturnsEver;
            Sent = 0;
            ReceivedSlot = 0;
        }

        internal void Reset()
        {
            Array.ForEach(Slots, slot => slot.ResetTime());
            SendsEver = 0;
            ReturnsEver = 0;
            Form();
        }
    }
}

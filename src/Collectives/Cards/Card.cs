using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Collectives;

/// <summary>A card's view of a collective: its number, its buffer, its ends of the links. What algorithms are written with.</summary>
/// <remarks>
/// Pieces go as frames of at most the link's size, in order. A frame is accepted if its check, collective, sequence and place are as they should be; one
/// that comes a second time is left out; anything else ends the card's part with a <see cref="CollectiveException"/>.
/// </remarks>
public sealed class Card
{
    private readonly CardMesh mesh;
    private readonly ITaskHost host;
    private readonly Memory<float> buffer;
    private readonly int[] expected;
    private readonly int[] next;

    /// <summary>A card's part in a collective.</summary>
    /// <param name="mesh">The links.</param>
    /// <param name="index">Which card.</param>
    /// <param name="call">What is done.</param>
    /// <param name="buffer">Its buffer, input and result.</param>
    /// <param name="host">What runs it.</param>
    public Card(CardMesh mesh, int index, CollectiveCall call, Memory<float> buffer, ITaskHost host)
    {
        ArgumentNullException.ThrowIfNull(mesh);
        ArgumentNullException.ThrowIfNull(call);
        this.mesh = mesh;
        this.buffer = buffer;
        this.host = host;
        Index = index;
        Call = call;
        expected = new int[mesh.Cards];
        next = new int[mesh.Cards];
    }

    /// <summary>Which card, from 0.</summary>
    public int Index { get; }

    /// <summary>Number of cards.</summary>
    public int Cards => mesh.Cards;

    /// <summary>What is done.</summary>
    public CollectiveCall Call { get; }

    /// <summary>Elements of its buffer.</summary>
    public int Length => buffer.Length;

    /// <summary>Most elements of a frame.</summary>
    public int FrameElements => mesh.Shape.FrameElements;

    /// <summary>Modelled time of the card: arrivals, waits for credits and the wire's bandwidth; computing costs nothing.</summary>
    public double Seconds { get; private set; }

    /// <summary>The whole buffer.</summary>
    public Piece Whole => new(0, Length);

    /// <summary>Sends a piece.</summary>
    public async ValueTask SendAsync(int to, Piece piece)
    {
        for (int frame = 0; frame < piece.Frames(FrameElements); frame++)
        {
            await SendFrameAsync(to, piece.Frame(frame, FrameElements));
        }
    }

    /// <summary>Receives a piece in place of what is there.</summary>
    public async ValueTask ReceiveAsync(int from, Piece piece)
    {
        for (int frame = 0; frame < piece.Frames(FrameElements); frame++)
        {
            await ReceiveFrameAsync(from, piece.Frame(frame, FrameElements), Handling.Copy);
        }
    }

    /// <summary>Receives a piece and combines it with what is there.</summary>
    /// <param name="from">The sender.</param>
    /// <param name="piece">Where.</param>
    /// <param name="theirsFirst">True if what comes stands for lower cards than what is there.</param>
    public async ValueTask CombineAsync(int from, Piece piece, bool theirsFirst)
    {
        for (int frame = 0; frame < piece.Frames(FrameElements); frame++)
        {
            await ReceiveFrameAsync(from, piece.Frame(frame, FrameElements), theirsFirst ? Handling.CombineTheirsFirst : Handling.CombineMineFirst);
        }
    }

    /// <summary>Sends one piece while another comes, frame about: one credit is enough.</summary>
    /// <param name="to">The receiver of what is sent.</param>
    /// <param name="sent">What is sent.</param>
    /// <param name="from">The sender of what comes.</param>
    /// <param name="received">Where what comes belongs.</param>
    /// <param name="theirsFirst">How it is combined; null to take it in place of what is there.</param>
    public async ValueTask ExchangeAsync(int to, Piece sent, int from, Piece received, bool? theirsFirst)
    {
        Handling handling = theirsFirst switch
        {
            null => Handling.Copy,
            true => Handling.CombineTheirsFirst,
            false => Handling.CombineMineFirst,
        };
        int frames = Math.Max(sent.Frames(FrameElements), received.Frames(FrameElements));
        for (int frame = 0; frame < frames; frame++)
        {
            if (frame < sent.Frames(FrameElements))
            {
                await SendFrameAsync(to, sent.Frame(frame, FrameElements));
            }

            if (frame < received.Frames(FrameElements))
            {
                await ReceiveFrameAsync(from, received.Frame(frame, FrameElements), handling);
            }
        }
    }

    /// <summary>Waits until a frame from anybody is there; the card that sent it.</summary>
    public async ValueTask<int> AnySourceAsync()
    {
        CardInbox inbox = mesh.InboxOf(Index);
        Answered(await host.PerformAsync(inbox.ReceiveAny(Call.Channel), limited: true), inbox.Name);
        return inbox.SourceAt(Call.Channel);
    }

    /// <summary>Takes the frame that is there from a card into memory of the algorithm's own.</summary>
    /// <returns>False if it was one that had come before.</returns>
    public async ValueTask<bool> TakeFrameAsync(int from, Piece frame, Memory<float> destination)
    {
        CardLink link = mesh.Link(from, Index);
        Answered(await host.PerformAsync(link.Receive(Call.Channel), limited: true), link.Name);
        if (!Accept(link, link.Received(Call.Channel), from, frame))
        {
            return false;
        }

        host.Access(mesh.SlotBuffer(link, Call.Channel), link.SlotNumberReceived(Call.Channel), 1, writes: false);
        link.Received(Call.Channel).Elements.CopyTo(destination.Span);
        LetGo(link);
        await host.PerformAsync(link.ReturnCredit(Call.Channel));
        return true;
    }

    /// <summary>Combines memory of the algorithm's own, as a later card's value, into the buffer.</summary>
    public void Fold(Piece piece, ReadOnlySpan<float> later)
    {
        host.Access(mesh.BufferOf(Index, Call.Channel), piece.First, piece.Count, writes: true);
        Span<float> mine = buffer.Span.Slice(piece.First, piece.Count);
        CardArithmetic.Combine(Call.Combination, mine, later, mine);
    }

    /// <summary>Ends an average: divides what is there by the number of cards. Nothing for other calls.</summary>
    public void Finish(Piece piece)
    {
        if (Call.Averages && piece.Count > 0)
        {
            host.Access(mesh.BufferOf(Index, Call.Channel), piece.First, piece.Count, writes: true);
            CardArithmetic.Divide(buffer.Span.Slice(piece.First, piece.Count), Cards);
        }
    }

    private async ValueTask SendFrameAsync(int to, Piece frame)
    {
        CardLink link = mesh.Link(Index, to);
        if (link.StopsSender(Call.Channel))
        {
            throw new CollectiveException(CollectiveProblem.Gone, $"card {Index} is gone");
        }

        Answered(await host.PerformAsync(link.TakeCredit(Call.Channel), limited: true), link.Name);
        host.Access(mesh.SlotBuffer(link, Call.Channel), link.SlotNumberToWrite(Call.Channel), 1, writes: true);
        host.Access(mesh.BufferOf(Index, Call.Channel), frame.First, frame.Count, writes: false);
        Seconds = Math.Max(Seconds, link.SlotToWrite(Call.Channel).CreditAt);
        link.SlotToWrite(Call.Channel).SentAt = Seconds;
        link.SlotToWrite(Call.Channel).Write(
            Call.Id, next[to]++, frame.First, buffer.Span.Slice(frame.First, frame.Count));
        Answered(await host.PerformAsync(link.Send(Call.Channel)), link.Name);
    }

    private async ValueTask ReceiveFrameAsync(int from, Piece frame, Handling handling)
    {
        CardLink link = mesh.Link(from, Index);
        do
        {
            Answered(await host.PerformAsync(link.Receive(Call.Channel), limited: true), link.Name);
        }
        while (!Accept(link, link.Received(Call.Channel), from, frame));

        host.Access(mesh.SlotBuffer(link, Call.Channel), link.SlotNumberReceived(Call.Channel), 1, writes: false);
        host.Access(mesh.BufferOf(Index, Call.Channel), frame.First, frame.Count, writes: true);
        Put(link.Received(Call.Channel).Elements, frame, handling);
        LetGo(link);
        await host.PerformAsync(link.ReturnCredit(Call.Channel));
    }

    /// <summary>The frame was read: what it costs in modelled time.</summary>
    private void LetGo(CardLink link)
    {
        LinkFrame frame = link.Received(Call.Channel);
        Seconds = Math.Max(Seconds, frame.ArrivesAt);
        frame.CreditAt = Seconds + mesh.Shape.LatencySeconds;
    }

    private void Put(ReadOnlySpan<float> theirs, Piece frame, Handling handling)
    {
        Span<float> mine = buffer.Span.Slice(frame.First, frame.Count);
        switch (handling)
        {
            case Handling.Copy:
                theirs.CopyTo(mine);
                break;
            case Handling.CombineTheirsFirst:
                CardArithmetic.Combine(Call.Combination, theirs, mine, mine);
                break;
            default:
                CardArithmetic.Combine(Call.Combination, mine, theirs, mine);
                break;
        }
    }

    private bool Accept(CardLink link, LinkFrame frame, int from, Piece place)
    {
        // Read of the slot: what the wire did to it is seen here.
        if (!frame.IsIntact)
        {
            throw new CollectiveException(CollectiveProblem.Corrupt, $"{link.Name}: a frame's check does not fit its elements");
        }

        if (frame.Collective < Call.Id)
        {
            // The wire doubled the last frame of an earlier collective.
            return false;
        }

        if (frame.Collective > Call.Id)
        {
            throw new CollectiveException(CollectiveProblem.Foreign, $"{link.Name}: a frame of collective {frame.Collective} came in collective {Call.Id}");
        }

        if (frame.Sequence < expected[from])
        {
            return false;
        }

        if (frame.Sequence > expected[from])
        {
            throw new CollectiveException(CollectiveProblem.FrameMissing, $"{link.Name}: frame {frame.Sequence} came where {expected[from]} was due");
        }

        if (frame.First != place.First || frame.Count != place.Count)
        {
            throw new CollectiveException(
                CollectiveProblem.Foreign,
                $"{link.Name}: elements {frame.First} to {frame.First + frame.Count - 1} came where {place.First} to {place.End - 1} were due");
        }

        expected[from]++;
        return true;
    }

    private static void Answered(int outcome, string where)
    {
        switch (outcome)
        {
            case LinkOutcome.Done:
                return;
            case LinkOutcome.NotUp:
                throw new CollectiveException(CollectiveProblem.LinkNotUp, $"{where} is not up");
            case LinkOutcome.Aborted:
                throw new CollectiveException(CollectiveProblem.Aborted, "the collective was called off");
            default:
                throw new CollectiveException(CollectiveProblem.TimedOut, $"nothing came from {where} within the limit");
        }
    }

    private enum Handling
    {
        Copy,
        CombineTheirsFirst,
        CombineMineFirst,
    }
}

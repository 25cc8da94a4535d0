using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Collectives;

/// <summary>Direct: card 0 takes frames from whoever is first, folds them in the order of the cards, and sends the result to each.</summary>
/// <remarks>
/// What came early waits beside the buffer until the cards before it are in, so the sum is the host mock's, bit for bit, whatever the order of arrival:
/// <c>((0+1)+2)+..</c>. A place in the buffer is answered once it is complete.
/// </remarks>
public sealed class DirectAllReduce : ICollectiveAlgorithm
{
    /// <inheritdoc/>
    public string Name => "direct";

    /// <inheritdoc/>
    public bool Gathers => false;

    /// <inheritdoc/>
    public IEnumerable<(int From, int To)> Links(int cards) => Star.Links(cards);

    /// <inheritdoc/>
    public IEnumerable<int> Inboxes(int cards) => [0];

    /// <inheritdoc/>
    public int Pieces(int cards) => 1;

    /// <inheritdoc/>
    public ReductionTree? OrderOf(int cards, int piece) => ReductionOrder.HostFold(cards);

    /// <inheritdoc/>
    public async ValueTask RunAsync(Card card)
    {
        ArgumentNullException.ThrowIfNull(card);
        int frames = card.Whole.Frames(card.FrameElements);
        if (card.Index != 0)
        {
            for (int frame = 0; frame < frames; frame++)
            {
                Piece piece = card.Whole.Frame(frame, card.FrameElements);
                await card.SendAsync(0, piece);
                await card.ReceiveAsync(0, piece);
            }

            return;
        }

        float[] early = new float[card.Cards * Math.Min(card.FrameElements, Math.Max(card.Length, 1))];
        for (int frame = 0; frame < frames; frame++)
        {
            await GatherAsync(card, card.Whole.Frame(frame, card.FrameElements), early);
            for (int other = 1; other < card.Cards; other++)
            {
                await card.SendAsync(other, card.Whole.Frame(frame, card.FrameElements));
            }
        }
    }

    private static async ValueTask GatherAsync(Card card, Piece piece, float[] early)
    {
        int room = early.Length / card.Cards;
        for (int missing = card.Cards - 1; missing > 0;)
        {
            int source = await card.AnySourceAsync();
            missing -= await card.TakeFrameAsync(source, piece, early.AsMemory(source * room, piece.Count)) ? 1 : 0;
        }

        for (int other = 1; other < card.Cards; other++)
        {
            card.Fold(piece, early.AsSpan(other * room, piece.Count));
        }

        card.Finish(piece);
    }
}

using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Collectives;

/// <summary>Ring: N - 1 steps in which each card passes on the block that came last.</summary>
public sealed class RingAllGather : ICollectiveAlgorithm
{
    /// <inheritdoc/>
    public string Name => "ring";

    /// <inheritdoc/>
    public bool Gathers => true;

    /// <inheritdoc/>
    public IEnumerable<(int From, int To)> Links(int cards) => Ring.Links(cards);

    /// <inheritdoc/>
    public int Pieces(int cards) => cards;

    /// <inheritdoc/>
    public ReductionTree? OrderOf(int cards, int piece) => null;

    /// <inheritdoc/>
    public async ValueTask RunAsync(Card card)
    {
        ArgumentNullException.ThrowIfNull(card);
        int cards = card.Cards;
        for (int step = 0; step < cards - 1; step++)
        {
            Piece sent = Piece.Of(card.Length, cards, (card.Index - step + cards) % cards);
            Piece received = Piece.Of(card.Length, cards, (card.Index - step - 1 + cards) % cards);
            await card.ExchangeAsync((card.Index + 1) % cards, sent, (card.Index + cards - 1) % cards, received, theirsFirst: null);
        }
    }
}

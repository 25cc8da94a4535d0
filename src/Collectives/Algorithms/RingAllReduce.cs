using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Collectives;

/// <summary>Ring: N - 1 steps in which each card passes a chunk on and combines the one that comes, then N - 1 in which the finished chunks go round.</summary>
/// <remarks>
/// Patarasuk and Yuan, "Bandwidth optimal all-reduce algorithms for clusters of workstations", J. Parallel and Distributed Computing 69 (2009). Each
/// card sends 2 (N - 1) / N of the buffer. Chunk c begins at card c and is finished at card c - 1: a chain of N - 1 combinations, the lower card's value first.
/// </remarks>
public sealed class RingAllReduce : ICollectiveAlgorithm
{
    /// <inheritdoc/>
    public string Name => "ring";

    /// <inheritdoc/>
    public bool Gathers => false;

    /// <inheritdoc/>
    public IEnumerable<(int From, int To)> Links(int cards) => Ring.Links(cards);

    /// <inheritdoc/>
    public int Pieces(int cards) => cards;

    /// <inheritdoc/>
    public ReductionTree? OrderOf(int cards, int piece) => ReductionOrder.Ring(cards, piece);

    /// <inheritdoc/>
    public async ValueTask RunAsync(Card card)
    {
        ArgumentNullException.ThrowIfNull(card);
        int cards = card.Cards;
        int next = (card.Index + 1) % cards;
        int previous = (card.Index + cards - 1) % cards;
        for (int step = 0; step < cards - 1; step++)
        {
            Piece sent = Chunk(card, card.Index - step);
            Piece received = Chunk(card, card.Index - step - 1);

            // What comes has passed lower cards, or card 0, unless this is card 0.
            await card.ExchangeAsync(next, sent, previous, received, theirsFirst: card.Index != 0);
        }

        card.Finish(Chunk(card, card.Index + 1));
        for (int step = 0; step < cards - 1; step++)
        {
            await card.ExchangeAsync(next, Chunk(card, card.Index + 1 - step), previous, Chunk(card, card.Index - step), theirsFirst: null);
        }
    }

    private static Piece Chunk(Card card, int chunk) => Piece.Of(card.Length, card.Cards, (chunk + 2 * card.Cards) % card.Cards);
}

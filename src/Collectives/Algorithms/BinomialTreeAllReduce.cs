using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Collectives;

/// <summary>Binomial tree: at distances 1, 2, 4, .. cards give what they gathered to a lower one until card 0 has all, and the result goes back the same way.</summary>
/// <remarks>Depth ceil(log2 N); the lower card's value first.</remarks>
public sealed class BinomialTreeAllReduce : ICollectiveAlgorithm
{
    /// <inheritdoc/>
    public string Name => "tree";

    /// <inheritdoc/>
    public bool Gathers => false;

    /// <inheritdoc/>
    public IEnumerable<(int From, int To)> Links(int cards)
    {
        for (int card = 1; card < cards; card++)
        {
            int parent = card & (card - 1);
            yield return (card, parent);
            yield return (parent, card);
        }
    }

    /// <inheritdoc/>
    public int Pieces(int cards) => 1;

    /// <inheritdoc/>
    public ReductionTree? OrderOf(int cards, int piece) => ReductionOrder.Binomial(cards);

    /// <inheritdoc/>
    public async ValueTask RunAsync(Card card)
    {
        ArgumentNullException.ThrowIfNull(card);
        int distance = 1;
        for (; distance < card.Cards && (card.Index & distance) == 0; distance *= 2)
        {
            if (card.Index + distance < card.Cards)
            {
                await card.CombineAsync(card.Index + distance, card.Whole, theirsFirst: false);
            }
        }

        if (card.Index == 0)
        {
            card.Finish(card.Whole);
        }
        else
        {
            await card.SendAsync(card.Index - distance, card.Whole);
            await card.ReceiveAsync(card.Index - distance, card.Whole);
        }

        for (distance /= 2; distance >= 1; distance /= 2)
        {
            if (card.Index + distance < card.Cards)
            {
                await card.SendAsync(card.Index + distance, card.Whole);
            }
        }
    }
}

using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Collectives;

/// <summary>Recursive halving, then doubling: partners at distance P/2, P/4, .., 1 exchange halves of what they hold and combine, then the halves come back.</summary>
/// <remarks>
/// Rabenseifner's algorithm in Thakur, Rabenseifner and Gropp, Int. J. High Performance Computing Applications 19 (2005), section 4.5, over groups for cards
/// beyond a power of two. Depth ceil(log2 N), the same tree for every chunk; lower groups' values first.
/// </remarks>
public sealed class HalvingDoublingAllReduce : ICollectiveAlgorithm
{
    /// <inheritdoc/>
    public string Name => "doubling";

    /// <inheritdoc/>
    public bool Gathers => false;

    /// <inheritdoc/>
    public IEnumerable<(int From, int To)> Links(int cards) => new Groups(cards).Links();

    /// <inheritdoc/>
    public int Pieces(int cards) => new Groups(cards).Count;

    /// <inheritdoc/>
    public ReductionTree? OrderOf(int cards, int piece) => ReductionOrder.Halving(cards);

    /// <inheritdoc/>
    public async ValueTask RunAsync(Card card)
    {
        ArgumentNullException.ThrowIfNull(card);
        Groups groups = new(card.Cards);
        if (groups.IsSilent(card.Index))
        {
            await card.SendAsync(card.Index - 1, card.Whole);
            await card.ReceiveAsync(card.Index - 1, card.Whole);
            return;
        }

        if (groups.HasSilent(card.Index))
        {
            await card.CombineAsync(card.Index + 1, card.Whole, theirsFirst: false);
        }

        int group = groups.Of(card.Index);
        int low = 0;
        int high = groups.Count;
        for (int distance = groups.Count / 2; distance >= 1; distance /= 2)
        {
            int partner = groups.SpeakerOf(group ^ distance);
            int middle = (low + high) / 2;
            bool keepsLow = (group & distance) == 0;
            Piece kept = keepsLow ? Chunks(card, groups, low, middle) : Chunks(card, groups, middle, high);
            Piece given = keepsLow ? Chunks(card, groups, middle, high) : Chunks(card, groups, low, middle);
            await card.ExchangeAsync(partner, given, partner, kept, theirsFirst: !keepsLow);
            (low, high) = keepsLow ? (low, middle) : (middle, high);
        }

        card.Finish(Chunks(card, groups, low, high));
        for (int distance = 1; distance < groups.Count; distance *= 2)
        {
            int partner = groups.SpeakerOf(group ^ distance);
            bool isLow = (group & distance) == 0;
            (int theirLow, int theirHigh) = isLow ? (high, high + (high - low)) : (low - (high - low), low);
            await card.ExchangeAsync(partner, Chunks(card, groups, low, high), partner, Chunks(card, groups, theirLow, theirHigh), theirsFirst: null);
            (low, high) = (Math.Min(low, theirLow), Math.Max(high, theirHigh));
        }

        if (groups.HasSilent(card.Index))
        {
            await card.SendAsync(card.Index + 1, card.Whole);
        }
    }

    private static Piece Chunks(Card card, Groups groups, int from, int to) =>
        Piece.Between(Piece.Of(card.Length, groups.Count, from), Piece.Of(card.Length, groups.Count, to - 1));
}

using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Collectives;

/// <summary>Recursive doubling: partners at distance 1, 2, 4, .. exchange all blocks that they hold.</summary>
/// <remarks>Over groups for cards beyond a power of two, as <see cref="HalvingDoublingAllReduce"/>: the silent card gives its block first and takes all at the end.</remarks>
public sealed class DoublingAllGather : ICollectiveAlgorithm
{
    /// <inheritdoc/>
    public string Name => "doubling";

    /// <inheritdoc/>
    public bool Gathers => true;

    /// <inheritdoc/>
    public IEnumerable<(int From, int To)> Links(int cards) => new Groups(cards).Links();

    /// <inheritdoc/>
    public int Pieces(int cards) => cards;

    /// <inheritdoc/>
    public ReductionTree? OrderOf(int cards, int piece) => null;

    /// <inheritdoc/>
    public async ValueTask RunAsync(Card card)
    {
        ArgumentNullException.ThrowIfNull(card);
        Groups groups = new(card.Cards);
        Piece own = Piece.Of(card.Length, card.Cards, card.Index);
        if (groups.IsSilent(card.Index))
        {
            await card.SendAsync(card.Index - 1, own);
            await card.ReceiveAsync(card.Index - 1, card.Whole);
            return;
        }

        if (groups.HasSilent(card.Index))
        {
            await card.ReceiveAsync(card.Index + 1, Piece.Of(card.Length, card.Cards, card.Index + 1));
        }

        int group = groups.Of(card.Index);
        for (int distance = 1; distance < groups.Count; distance *= 2)
        {
            int partner = groups.SpeakerOf(group ^ distance);
            int mine = group & ~(distance - 1);
            int theirs = mine ^ distance;
            await card.ExchangeAsync(partner, Blocks(card, groups, mine, distance), partner, Blocks(card, groups, theirs, distance), theirsFirst: null);
        }

        if (groups.HasSilent(card.Index))
        {
            await card.SendAsync(card.Index + 1, card.Whole);
        }
    }

    /// <summary>The blocks of neighbouring groups, which are those of neighbouring cards.</summary>
    private static Piece Blocks(Card card, Groups groups, int firstGroup, int count)
    {
        int first = groups.SpeakerOf(firstGroup);
        int last = groups.SpeakerOf(firstGroup + count - 1);
        last += groups.HasSilent(last) ? 1 : 0;
        return Piece.Between(Piece.Of(card.Length, card.Cards, first), Piece.Of(card.Length, card.Cards, last));
    }
}

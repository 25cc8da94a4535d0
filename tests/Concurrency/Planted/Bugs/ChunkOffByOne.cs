using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Suite;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>A ring that passes on, in its second half, the chunk before the finished one: places fit on both sides, and sums are short of cards.</summary>
internal sealed class ChunkOffByOne : ICollectiveAlgorithm
{
    private readonly RingAllReduce right = new();

    internal static PlantedBug Bug { get; } = new(
        "chunk-off-by-one",
        "the second half of a ring begins one chunk too early",
        FindingKind.WrongResult,
        planted => new CollectiveProgram(new CollectiveSetup(planted ? new ChunkOffByOne() : new RingAllReduce(), Cards: 3, Chunks: 1, Credits: 1)));

    public string Name => right.Name;

    public bool Gathers => false;

    public IEnumerable<(int From, int To)> Links(int cards) => right.Links(cards);

    public int Pieces(int cards) => cards;

    public ReductionTree? OrderOf(int cards, int piece) => right.OrderOf(cards, piece);

    public async ValueTask RunAsync(Card card)
    {
        int next = (card.Index + 1) % card.Cards;
        int previous = (card.Index + card.Cards - 1) % card.Cards;
        for (int step = 0; step < card.Cards - 1; step++)
        {
            await card.ExchangeAsync(next, Chunk(card, -step), previous, Chunk(card, -step - 1), theirsFirst: card.Index != 0);
        }

        // Right would be Chunk(card, 1 - step) and Chunk(card, -step).
        for (int step = 0; step < card.Cards - 1; step++)
        {
            await card.ExchangeAsync(next, Chunk(card, -step), previous, Chunk(card, -step - 1), theirsFirst: null);
        }
    }

    private static Piece Chunk(Card card, int offset) => Piece.Of(card.Length, card.Cards, (card.Index + offset + card.Cards) % card.Cards);
}

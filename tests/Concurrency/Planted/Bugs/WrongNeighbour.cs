using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Suite;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>A ring in which card 0 takes card 1 for the one before it, |0 - 1|, instead of card N - 1: it waits for a frame that nobody sends.</summary>
internal sealed class WrongNeighbour : ICollectiveAlgorithm
{
    internal static PlantedBug Bug { get; } = new(
        "wrong-neighbour",
        "card 0 of a ring waits for card 1 instead of the last one",
        FindingKind.Deadlock,
        planted => new CollectiveProgram(new CollectiveSetup(planted ? new WrongNeighbour() : new RingAllGather(), Cards: 3, Chunks: 1, Credits: 1)));

    public string Name => "ring";

    public bool Gathers => true;

    public IEnumerable<(int From, int To)> Links(int cards) => [.. new RingAllGather().Links(cards), (1, 0)];

    public int Pieces(int cards) => cards;

    public ReductionTree? OrderOf(int cards, int piece) => null;

    public async ValueTask RunAsync(Card card)
    {
        int cards = card.Cards;
        for (int step = 0; step < cards - 1; step++)
        {
            var sent = Piece.Of(card.Length, cards, (card.Index - step + cards) % cards);
            var received = Piece.Of(card.Length, cards, (card.Index - step - 1 + cards) % cards);
            await card.ExchangeAsync((card.Index + 1) % cards, sent, Math.Abs(card.Index - 1), received, theirsFirst: null);
        }
    }
}

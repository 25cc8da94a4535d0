using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Suite;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>A ring whose cards send a whole piece before they receive: with a credit less than frames, each waits for one that only the next card's receiving gives.</summary>
internal sealed class AllSendFirst : ICollectiveAlgorithm
{
    private readonly RingAllGather right = new();

    internal static PlantedBug Bug { get; } = new(
        "all-send-first",
        "all cards send two frames over one credit before any receives",
        FindingKind.Deadlock,
        planted => new CollectiveProgram(new CollectiveSetup(planted ? new AllSendFirst() : new RingAllGather(), Cards: 3, Chunks: 2, Credits: 1)));

    public string Name => right.Name;

    public bool Gathers => true;

    public IEnumerable<(int From, int To)> Links(int cards) => right.Links(cards);

    public int Pieces(int cards) => cards;

    public ReductionTree? OrderOf(int cards, int piece) => null;

    public async ValueTask RunAsync(Card card)
    {
        int cards = card.Cards;
        for (int step = 0; step < cards - 1; step++)
        {
            await card.SendAsync((card.Index + 1) % cards, Piece.Of(card.Length, cards, (card.Index - step + cards) % cards));
            await card.ReceiveAsync((card.Index + cards - 1) % cards, Piece.Of(card.Length, cards, (card.Index - step - 1 + cards) % cards));
        }
    }
}

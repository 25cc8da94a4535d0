using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Suite;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>Card 0 folds frames as they arrive and declares the order of the cards: with data that cancel, another arrival is another sum.</summary>
internal sealed class ArrivalOrderSum : FaultyDirect
{
    internal static PlantedBug Bug { get; } = new(
        "arrival-order-sum",
        "a sum in the order of arrival is declared as one in the order of cards",
        FindingKind.WrongResult,
        planted => new CollectiveProgram(new CollectiveSetup(planted ? new ArrivalOrderSum() : new DirectAllReduce(), Cards: 3, Chunks: 1, Credits: 1)));

    protected override async ValueTask GatherAsync(Card card, Piece piece, float[] early)
    {
        for (int missing = card.Cards - 1; missing > 0; missing--)
        {
            int source = await card.AnySourceAsync();
            await card.TakeFrameAsync(source, piece, early.AsMemory(0, piece.Count));
            card.Fold(piece, early.AsSpan(0, piece.Count));
        }
    }
}

using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Suite;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>Card 0 counts arrivals; a doubled frame, though left out, counts as another card's, and that card's value is missing if it comes later.</summary>
internal sealed class DuplicateCounted : FaultyDirect
{
    internal static PlantedBug Bug { get; } = new(
        "duplicate-counted",
        "a gather counts a doubled frame as another card's",
        FindingKind.WrongResult,
        planted => new CollectiveProgram(new CollectiveSetup(planted ? new DuplicateCounted() : new DirectAllReduce(), Cards: 3, Chunks: 1, Credits: 1)
        {
            Fault = new LinkFault(LinkFaultKind.Duplicate, From: 1, To: 0),
        }));

    protected override async ValueTask GatherAsync(Card card, Piece piece, float[] early)
    {
        for (int missing = card.Cards - 1; missing > 0; missing--)
        {
            // Right would be to count what TakeFrameAsync says that it took.
            int source = await card.AnySourceAsync();
            await card.TakeFrameAsync(source, piece, early.AsMemory(source * card.FrameElements, piece.Count));
        }

        for (int other = 1; other < card.Cards; other++)
        {
            card.Fold(piece, early.AsSpan(other * card.FrameElements, piece.Count));
        }
    }
}

using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Suite;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>Frames that came early are kept a whole frame apart and looked up a piece apart: the same, but for the last frame, which is shorter.</summary>
internal sealed class MisplacedTail : FaultyDirect
{
    internal static PlantedBug Bug { get; } = new(
        "misplaced-tail",
        "the tail of a buffer is folded from another card's place",
        FindingKind.WrongResult,
        planted => new CollectiveProgram(new CollectiveSetup(planted ? new MisplacedTail() : new DirectAllReduce(), Cards: 3, Chunks: 2, Credits: 1)));

    protected override async ValueTask GatherAsync(Card card, Piece piece, float[] early)
    {
        for (int missing = card.Cards - 1; missing > 0; missing--)
        {
            int source = await card.AnySourceAsync();
            await card.TakeFrameAsync(source, piece, early.AsMemory(source * card.FrameElements, piece.Count));
        }

        for (int other = 1; other < card.Cards; other++)
        {
            card.Fold(piece, early.AsSpan(other * piece.Count, piece.Count));
        }
    }
}

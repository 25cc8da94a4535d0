using Spanker.Conformance.Collectives;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Tests.Concurrency.Planted.Bugs;

/// <summary>What the three faulty gathers at card 0 share: each other card gives a frame and takes the result; a fault is in how card 0 gathers.</summary>
internal abstract class FaultyDirect : ICollectiveAlgorithm
{
    private readonly DirectAllReduce right = new();

    public string Name => right.Name;

    public bool Gathers => false;

    public IEnumerable<(int From, int To)> Links(int cards) => right.Links(cards);

    public IEnumerable<int> Inboxes(int cards) => right.Inboxes(cards);

    public int Pieces(int cards) => 1;

    public ReductionTree? OrderOf(int cards, int piece) => right.OrderOf(cards, piece);

    public async ValueTask RunAsync(Card card)
    {
        if (card.Index != 0)
        {
            await right.RunAsync(card);
            return;
        }

        for (int frame = 0; frame < card.Whole.Frames(card.FrameElements); frame++)
        {
            Piece piece = card.Whole.Frame(frame, card.FrameElements);
            await GatherAsync(card, piece, new float[card.Cards * card.FrameElements]);
            for (int other = 1; other < card.Cards; other++)
            {
                await card.SendAsync(other, piece);
            }
        }
    }

    /// <summary>Gets a frame of every other card and folds it into the buffer.</summary>
    /// <param name="card">Card 0.</param>
    /// <param name="piece">Where the frames belong.</param>
    /// <param name="early">Room for a frame of each card.</param>
    protected abstract ValueTask GatherAsync(Card card, Piece piece, float[] early);
}

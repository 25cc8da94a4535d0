using Spanker.Conformance.Collectives;
using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Zoo;

/// <summary>Devices whose card program is wrong under some interleaving or failure only. What they answer to a call is right.</summary>
public static class InterleavingFaults
{
    private const string Family = "interleavings";

    /// <summary>All entries of the family.</summary>
    public static IReadOnlyList<FaultyEntry> All { get; } =
    [
        Entry("direct-adds-as-it-comes", "chunks=1,cards=3,credits=1,fault=none", "adds frames in the order of their arrival and declares the order of the cards", "direct", new AddsAsItComes()),
        Entry("ring-sends-all-first", "chunks=2,cards=2,credits=1,fault=none", "sends all frames of a chunk before it takes any, which needs more credits than there are", "ring", new SendsAllFirst()),
        Entry("tree-goes-on-after-timeout", "chunks=1,cards=2,credits=1,fault=drop:0-1:0", "takes a frame that never came for nothing and goes on", "tree", new GoesOnAfterTimeout()),
    ];

    private static FaultyEntry Entry(string name, string shape, string description, string declared, ICollectiveAlgorithm program) =>
        new(name, Family, "COL-10", shape, description, () => new PatchedSail(PatchedSail.Claim with { Collectives = SimCards.Declare(declared) })
        {
            CardAlgorithm = program,
        });

    private abstract class Changed(ICollectiveAlgorithm right) : ICollectiveAlgorithm
    {
        public string Name => right.Name;

        public bool Gathers => false;

        public IEnumerable<(int From, int To)> Links(int cards) => right.Links(cards);

        public IEnumerable<int> Inboxes(int cards) => right.Inboxes(cards);

        public int Pieces(int cards) => right.Pieces(cards);

        public ReductionTree? OrderOf(int cards, int piece) => right.OrderOf(cards, piece);

        public abstract ValueTask RunAsync(Card card);

        protected ValueTask RunRightAsync(Card card) => right.RunAsync(card);
    }

    private sealed class AddsAsItComes() : Changed(new DirectAllReduce())
    {
        public override async ValueTask RunAsync(Card card)
        {
            if (card.Index != 0)
            {
                await RunRightAsync(card);
                return;
            }

            float[] taken = new float[card.FrameElements];
            for (int frame = 0; frame < card.Whole.Frames(card.FrameElements); frame++)
            {
                Piece piece = card.Whole.Frame(frame, card.FrameElements);
                for (int missing = card.Cards - 1; missing > 0; missing--)
                {
                    int source = await card.AnySourceAsync();
                    if (await card.TakeFrameAsync(source, piece, taken))
                    {
                        card.Fold(piece, taken.AsSpan(0, piece.Count));
                    }
                    else
                    {
                        missing++;
                    }
                }

                card.Finish(piece);
                for (int other = 1; other < card.Cards; other++)
                {
                    await card.SendAsync(other, piece);
                }
            }
        }
    }

    private sealed class SendsAllFirst() : Changed(new RingAllReduce())
    {
        public override async ValueTask RunAsync(Card card)
        {
            int next = (card.Index + 1) % card.Cards;
            int previous = (card.Index + card.Cards - 1) % card.Cards;
            for (int step = 0; step < card.Cards - 1; step++)
            {
                await card.SendAsync(next, Chunk(card, card.Index - step));
                await card.CombineAsync(previous, Chunk(card, card.Index - step - 1), theirsFirst: card.Index != 0);
            }

            card.Finish(Chunk(card, card.Index + 1));
            for (int step = 0; step < card.Cards - 1; step++)
            {
                await card.SendAsync(next, Chunk(card, card.Index + 1 - step));
                await card.ReceiveAsync(previous, Chunk(card, card.Index - step));
            }
        }

        private static Piece Chunk(Card card, int chunk) => Piece.Of(card.Length, card.Cards, (chunk + 2 * card.Cards) % card.Cards);
    }

    private sealed class GoesOnAfterTimeout() : Changed(new BinomialTreeAllReduce())
    {
        public override async ValueTask RunAsync(Card card)
        {
            try
            {
                await RunRightAsync(card);
            }
            catch (CollectiveException late) when (late.Problem == CollectiveProblem.TimedOut)
            {
                // What did not come is taken for nothing.
            }
        }
    }
}

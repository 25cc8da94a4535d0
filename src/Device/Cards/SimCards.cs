using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Device;

/// <summary>The cards of a topology of simulated Sails: each a task that runs the algorithm over links, the same code that the explorer explores.</summary>
public sealed class SimCards
{
    /// <summary>Elements of a frame: 64 KiB, so that a slot stays in the cache from the sender's copy to the receiver's sum.</summary>
    public const int FrameElements = 16_384;

    /// <summary>Frames that a link holds.</summary>
    public const int Credits = 4;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly ICollectiveAlgorithm reduces;
    private readonly ICollectiveAlgorithm gathers;
    private readonly CardMesh reduceMesh;
    private readonly CardMesh gatherMesh;
    private readonly RealTasks host = new(Limit);
    private int collectives;
    private bool needsForming;

    /// <summary>Connects the cards.</summary>
    /// <param name="cards">N, at least 1.</param>
    /// <param name="algorithm">The name of an algorithm that reduces.</param>
    public SimCards(int cards, string algorithm)
    {
        reduces = Reducing(algorithm);
        gathers = CollectiveAlgorithms.Find(algorithm, gathers: true) ?? CollectiveAlgorithms.AllGather[0];
        LinkShape shape = new(Credits, FrameElements);
        reduceMesh = new CardMesh(cards, shape, reduces);
        gatherMesh = new CardMesh(cards, shape, gathers);
    }

    /// <summary>What cards with that algorithm declare.</summary>
    public static CollectiveDeclaration Declare(string algorithm)
    {
        ICollectiveAlgorithm reduces = Reducing(algorithm);
        return new CollectiveDeclaration
        {
            Algorithm = algorithm,
            Policy = new ExtremumPolicy(NanPolicy.Propagate, ZeroPolicy.Ordered),
            OrderOf = (cards, length) =>
            [
                .. Enumerable.Range(0, reduces.Pieces(cards)).Select(index =>
                {
                    var piece = Piece.Of(length, reduces.Pieces(cards), index);
                    return new DeclaredOrder(piece.First, piece.Count, reduces.OrderOf(cards, index)!);
                }),
            ],
        };
    }

    /// <summary>Reduces in place; the buffers are known to fit.</summary>
    public DeviceError? AllReduce(ReduceOp operation, IReadOnlyList<Memory<float>> buffers)
    {
        ArgumentNullException.ThrowIfNull(buffers);
        CollectiveCall call = new(
            ++collectives,
            Combination: operation switch
            {
                ReduceOp.Max => Combination.Max,
                ReduceOp.Min => Combination.Min,
                _ => Combination.Sum,
            },
            Averages: operation == ReduceOp.Avg);
        return Run(reduces, reduceMesh, call, buffers);
    }

    /// <summary>Joins; the buffers are known to fit.</summary>
    public DeviceError? AllGather(IReadOnlyList<ReadOnlyMemory<float>> buffers, Memory<float> gathered)
    {
        ArgumentNullException.ThrowIfNull(buffers);
        int block = buffers[0].Length;
        Memory<float>[] whole = new Memory<float>[buffers.Count];
        for (int card = 0; card < whole.Length; card++)
        {
            whole[card] = card == 0 ? gathered : new float[gathered.Length];
            buffers[card].CopyTo(whole[card][(card * block)..]);
        }

        return Run(gathers, gatherMesh, new CollectiveCall(++collectives), whole);
    }

    private static ICollectiveAlgorithm Reducing(string algorithm) =>
        CollectiveAlgorithms.Find(algorithm, gathers: false)
        ?? throw new ArgumentException($"'{algorithm}' is none of {string.Join(", ", CollectiveAlgorithms.AllReduce.Select(known => known.Name))}", nameof(algorithm));

    private CollectiveFailed? Run(ICollectiveAlgorithm algorithm, CardMesh mesh, CollectiveCall call, IReadOnlyList<Memory<float>> buffers)
    {
        if (needsForming)
        {
            mesh.Form();
            needsForming = false;
        }

        CollectiveException?[] problems = new CollectiveException?[buffers.Count];
        Task[] cards = new Task[buffers.Count];
        for (int index = 0; index < cards.Length; index++)
        {
            int card = index;
            cards[card] = Task.Run(async () =>
            {
                try
                {
                    await algorithm.RunAsync(new Card(mesh, card, call, buffers[card], host)).ConfigureAwait(false);
                }
                catch (CollectiveException problem)
                {
                    problems[card] = problem;
                    await mesh.Abort.RaiseAsync(host).ConfigureAwait(false);
                }
            });
        }

        Task.WhenAll(cards).GetAwaiter().GetResult();
        int failed = Array.FindIndex(problems, problem => problem is not null and not { Problem: CollectiveProblem.Aborted });
        needsForming = failed >= 0;
        return failed < 0 ? null : new CollectiveFailed((ulong)failed, problems[failed]!.Message);
    }
}

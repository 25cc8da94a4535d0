using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Device;

/// <summary>The cards of a topology of simulated Sails, with their host: DMA, doorbells, completions, and each card a task that runs the algorithm over links.</summary>
/// <remarks>The same code that the explorer explores. After an error every call is refused until the topology is formed anew (CONTRACT COL-10).</remarks>
public sealed class SimCards : IDisposable
{
    /// <summary>Elements of a frame: 64 KiB, so that a slot stays in the cache from the sender's copy to the receiver's sum.</summary>
    public const int FrameElements = 16_384;

    /// <summary>Frames that a link holds.</summary>
    public const int Credits = 4;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly int cards;
    private readonly ICollectiveAlgorithm reduces;
    private readonly ICollectiveAlgorithm gathers;
    private readonly RealTasks host = new(Limit);
    private Running? reducing;
    private Running? gathering;
    private int collectives;
    private CollectiveFailed? broken;

    /// <summary>Connects the cards.</summary>
    /// <param name="cards">N, at least 1.</param>
    /// <param name="algorithm">The name of an algorithm that reduces.</param>
    public SimCards(int cards, string algorithm)
    {
        this.cards = cards;
        reduces = Reducing(algorithm);
        gathers = CollectiveAlgorithms.Find(algorithm, gathers: true) ?? CollectiveAlgorithms.AllGather[0];
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
        if (broken is not null)
        {
            return Refusal;
        }

        CollectiveCall call = new(
            ++collectives,
            Combination: operation switch
            {
                ReduceOp.Max => Combination.Max,
                ReduceOp.Min => Combination.Min,
                _ => Combination.Sum,
            },
            Averages: operation == ReduceOp.Avg);
        reducing = Running.For(reducing, cards, reduces, buffers[0].Length, host);
        return broken = reducing.Call(call, buffers);
    }

    /// <summary>Joins; the buffers are known to fit.</summary>
    public DeviceError? AllGather(IReadOnlyList<ReadOnlyMemory<float>> buffers, Memory<float> gathered)
    {
        ArgumentNullException.ThrowIfNull(buffers);
        if (broken is not null)
        {
            return Refusal;
        }

        int block = buffers[0].Length;
        Memory<float>[] whole = new Memory<float>[buffers.Count];
        for (int card = 0; card < whole.Length; card++)
        {
            whole[card] = new float[gathered.Length];
            buffers[card].CopyTo(whole[card][(card * block)..]);
        }

        gathering = Running.For(gathering, cards, gathers, gathered.Length, host);
        broken = gathering.Call(new CollectiveCall(++collectives), whole);
        if (broken is null)
        {
            whole[0].CopyTo(gathered);
        }

        return broken;
    }

    /// <summary>Closes: every card and engine ends.</summary>
    public void Dispose()
    {
        reducing?.Close();
        gathering?.Close();
    }

    private CollectiveFailed Refusal => new(broken!.Sail, $"a collective failed before ({broken.Problem}); form the topology anew");

    private static ICollectiveAlgorithm Reducing(string algorithm) =>
        CollectiveAlgorithms.Find(algorithm, gathers: false)
        ?? throw new ArgumentException($"'{algorithm}' is none of {string.Join(", ", CollectiveAlgorithms.AllReduce.Select(known => known.Name))}", nameof(algorithm));

    /// <summary>A host and its cards at work.</summary>
    private sealed class Running
    {
        private readonly HostedTopology topology;
        private readonly ITaskHost host;
        private readonly Task[] loops;

        private Running(int cards, ICollectiveAlgorithm algorithm, int capacity, ITaskHost host)
        {
            this.host = host;
            topology = new HostedTopology(new CardMesh(cards, new LinkShape(Credits, FrameElements), algorithm), algorithm, capacity);
            loops =
            [
                .. topology.Cards.Select(card => Task.Run(() => card.RunAsync(host).AsTask())),
                .. topology.Cards.Select(card => Task.Run(() => card.RunDmaAsync(host).AsTask())),
            ];
        }

        /// <summary>The same one, or one whose cards have memory enough.</summary>
        internal static Running For(Running? now, int cards, ICollectiveAlgorithm algorithm, int length, ITaskHost host)
        {
            if (now is not null && length <= now.topology.Capacity)
            {
                return now;
            }

            now?.Close();
            return new Running(cards, algorithm, length, host);
        }

        internal CollectiveFailed? Call(CollectiveCall call, IReadOnlyList<Memory<float>> buffers)
        {
            Collectives.HostFailure? failure = topology.CallAsync(call, buffers, host).AsTask().GetAwaiter().GetResult();
            return failure is null ? null : new CollectiveFailed((ulong)Math.Max(0, failure.Card), failure.Message);
        }

        internal void Close()
        {
            topology.CloseAsync(host).AsTask().GetAwaiter().GetResult();
            Task.WhenAll(loops).GetAwaiter().GetResult();
        }
    }
}

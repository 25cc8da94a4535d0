using BenchmarkDotNet.Attributes;
using Spanker.Conformance.Device;

namespace Spanker.Conformance.Bench.Cards;

#pragma warning disable CA1822 // BenchmarkDotNet calls members of an instance.
/// <summary>AllReduce of 64 MiB on each of 4 cards, all in this process, beside one core's memcpy.</summary>
public class AllReduceBenchmarks : IDisposable
{
    /// <summary>N.</summary>
    public const int Cards = 4;

    /// <summary>Bytes of each card's buffer.</summary>
    public const int BufferBytes = 64 << 20;

    private const int Elements = BufferBytes / sizeof(float);
    private readonly CardTeam ring = new(Cards, "ring");
    private readonly CardTeam doubling = new(Cards, "doubling");
    private readonly CardTeam direct = new(Cards, "direct");
    private readonly CardTeam tree = new(Cards, "tree");
    private readonly SimCards hosted = new(Cards, "ring");
    private float[][] buffers = [];

    /// <summary>Prepares the row.</summary>
    [GlobalSetup(Target = nameof(Ring))]
    public void PrepareRing() => Prepare(nameof(Ring));

    /// <summary>Prepares the row.</summary>
    [GlobalSetup(Target = nameof(Doubling))]
    public void PrepareDoubling() => Prepare(nameof(Doubling));

    /// <summary>Prepares the row.</summary>
    [GlobalSetup(Target = nameof(Direct))]
    public void PrepareDirect() => Prepare(nameof(Direct));

    /// <summary>Prepares the row.</summary>
    [GlobalSetup(Target = nameof(Tree))]
    public void PrepareTree() => Prepare(nameof(Tree));

    /// <summary>Prepares the row.</summary>
    [GlobalSetup(Target = nameof(HostedRing))]
    public void PrepareHostedRing() => Prepare(nameof(HostedRing));

    /// <summary>Prepares the row.</summary>
    [GlobalSetup(Target = nameof(MemoryCopy))]
    public void PrepareMemoryCopy() => Prepare(nameof(MemoryCopy));

    /// <summary>The row's load is known.</summary>
    [GlobalCleanup]
    public void End() => RowLoad.End();

    /// <summary>Reduce-scatter and all-gather in a ring.</summary>
    [Benchmark]
    public void Ring() => Reduce(ring);

    /// <summary>Recursive halving and doubling.</summary>
    [Benchmark]
    public void Doubling() => Reduce(doubling);

    /// <summary>Card 0 gathers and answers.</summary>
    [Benchmark]
    public void Direct() => Reduce(direct);

    /// <summary>A binomial tree.</summary>
    [Benchmark]
    public void Tree() => Reduce(tree);

    /// <summary>The ring as sim:cards=4 offers it: the host's DMA in and out beside it.</summary>
    [Benchmark]
    public void HostedRing()
    {
        RowLoad.Count(1);
        if (hosted.AllReduce(ReduceOp.Sum, Buffers()) is { } failure)
        {
            throw new InvalidOperationException($"the collective failed: {failure}");
        }
    }

    /// <summary>A peer: one core copies a buffer between touched pages.</summary>
    [Benchmark]
    public void MemoryCopy()
    {
        RowLoad.Count(1);
        Buffer.BlockCopy(buffers[0], 0, buffers[1], 0, BufferBytes);
    }

    /// <summary>Fills the buffers: so small that sums stay finite over all iterations.</summary>
    private void Prepare(string row)
    {
        buffers = new float[Cards][];
        for (int card = 0; card < Cards; card++)
        {
            buffers[card] = new float[Elements];
            for (int i = 0; i < Elements; i++)
            {
                buffers[card][i] = (i % 1000 + card) * 1e-30f;
            }
        }

        // The runtime compiles what it has seen run: the first row would otherwise be measured with other code than the last.
        foreach (CardTeam team in (CardTeam[])[ring, doubling, direct, tree, ring, doubling, direct, tree])
        {
            team.AllReduce(Buffers());
        }

        RowLoad.Begin(row, 1);
    }

    /// <summary>Ends the hosted cards.</summary>
    public void Dispose()
    {
        hosted.Dispose();
        GC.SuppressFinalize(this);
    }

    private Memory<float>[] Buffers() => [.. buffers.Select(buffer => buffer.AsMemory())];

    private void Reduce(CardTeam cards)
    {
        RowLoad.Count(1);
        cards.AllReduce(Buffers());
    }
}

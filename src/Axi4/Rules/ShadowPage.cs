namespace Spanker.Conformance.Axi4;

/// <summary>4 KiB of the shadow memory, word by word; masks have ones at the bits that they hold for.</summary>
/// <param name="number">The page's address / 4096.</param>
/// <param name="blockWords">Words of a block.</param>
internal sealed class ShadowPage(ulong number, int blockWords)
{
    private const int Words = AxiBurst.PageBytes / sizeof(ulong);

    private readonly ShadowBlock[] blocks = new ShadowBlock[Words / blockWords];
    private readonly ulong[] values = new ulong[Words];
    private readonly ulong[] known = new ulong[Words];
    private readonly ulong[] passedBy = new ulong[Words];

    public ulong Number => number;

    /// <summary>What the memory had been cleared by when the page was.</summary>
    public long Clearings { get; private set; }

    public ref ShadowBlock Block(int block) => ref blocks[block];

    /// <summary>Stores <paramref name="count"/> blocks, all of their bytes.</summary>
    public void Store(ReadOnlySpan<ulong> data, int first, int count, long cycle)
    {
        data.CopyTo(values.AsSpan(first * blockWords));
        for (int block = first; block < first + count; block++)
        {
            if (!blocks[block].IsWhole)
            {
                Known(block).Fill(ulong.MaxValue);
                PassedBy(block).Clear();
                blocks[block].IsWhole = true;
            }

            Settle(block, cycle);
        }
    }

    /// <summary>A beat is on its way to a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="writer">The cycle of its address, which no other write has.</param>
    public void Expect(int block, long writer)
    {
        ref ShadowBlock at = ref blocks[block];
        if (at.Pending > 0 && at.Writer != writer)
        {
            at.IsContended = true;
        }

        at.Writer = writer;
        at.Pending++;
    }

    /// <summary>A beat that was on its way to a block has been answered.</summary>
    public void Settle(int block, long cycle)
    {
        ref ShadowBlock at = ref blocks[block];
        at.WrittenCycle = cycle;
        at.Pending--;
        if (at.Pending > 0)
        {
            return;
        }

        at.Pending = 0;
        if (at.IsContended)
        {
            Known(block).Clear();
            (at.IsContended, at.IsWhole) = (false, false);
        }
    }

    /// <summary>What the words of a block hold.</summary>
    public Span<ulong> Values(int block) => values.AsSpan(block * blockWords, blockWords);

    /// <summary>The bits of a block that are known.</summary>
    public Span<ulong> Known(int block) => known.AsSpan(block * blockWords, blockWords);

    /// <summary>The bits of a block that a write passed by without a strobe since they were last seen right.</summary>
    public Span<ulong> PassedBy(int block) => passedBy.AsSpan(block * blockWords, blockWords);

    public void Clear(long clearings)
    {
        Clearings = clearings;
        Array.Clear(blocks);
        Array.Clear(values);
        Array.Clear(known);
        Array.Clear(passedBy);
    }
}

namespace Spanker.Conformance.Axi4;

/// <summary>A memory of 2^64 bytes that holds the pages that were written; all others read as zero.</summary>
public sealed class AxiSparseMemory : IAxiMemory
{
    private const int PageWords = AxiBurst.PageBytes / sizeof(ulong);

    private readonly Dictionary<ulong, ulong[]> pages = [];
    private readonly int mostPages;
    private ulong lastPage = ulong.MaxValue;
    private ulong[] lastWords = [];

    /// <summary>A memory that holds at most <paramref name="mostPages"/> pages of 4 KiB; a write beyond them is answered DECERR.</summary>
    public AxiSparseMemory(int mostPages)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mostPages, 1);
        this.mostPages = mostPages;
    }

    /// <inheritdoc/>
    public AxiResponse Read(ulong address, Span<ulong> words)
    {
        if (Page(address, forWriting: false) is ulong[] page)
        {
            page.AsSpan(IndexOf(address), words.Length).CopyTo(words);
        }
        else
        {
            words.Clear();
        }

        if (words.Length == 1 && address % sizeof(ulong) != 0)
        {
            words[0] >>= (int)(address % sizeof(ulong)) * 8;
        }

        return AxiResponse.Okay;
    }

    /// <inheritdoc/>
    public AxiResponse Write(ulong address, ReadOnlySpan<ulong> words, UInt128 strobe)
    {
        if (Page(address, forWriting: true) is not ulong[] page)
        {
            return AxiResponse.DecErr;
        }

        Span<ulong> to = page.AsSpan(IndexOf(address), words.Length);
        if (words.Length == 4 && strobe == uint.MaxValue)
        {
            // The whole of a bus of 256 bits: nearly all beats of generation A.
            words.CopyTo(to);
            return AxiResponse.Okay;
        }

        int shift = (int)(address % sizeof(ulong));
        for (int i = 0; i < words.Length; i++)
        {
            // A bus narrower than a word: its lanes lie somewhere in the word.
            ulong mask = LaneMask.OfWord(strobe << shift, i);
            to[i] = (to[i] & ~mask) | ((words[i] << (8 * shift)) & mask);
        }

        return AxiResponse.Okay;
    }

    private static int IndexOf(ulong address) => (int)(address % AxiBurst.PageBytes) / sizeof(ulong);

    private ulong[]? Page(ulong address, bool forWriting)
    {
        ulong number = address / AxiBurst.PageBytes;
        if (number == lastPage)
        {
            return lastWords;
        }

        if (!pages.TryGetValue(number, out ulong[]? page))
        {
            if (!forWriting || pages.Count >= mostPages)
            {
                return null;
            }

            page = new ulong[PageWords];
            pages.Add(number, page);
        }

        (lastPage, lastWords) = (number, page);
        return page;
    }
}

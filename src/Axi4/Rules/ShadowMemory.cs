namespace Spanker.Conformance.Axi4;

/// <summary>What a memory holds as far as the trace told: pages of 4 KiB, made at the first write or read.</summary>
internal sealed class ShadowMemory(int pageLimit, ulong first, ulong last)
{
    private const int PageWords = AxiBurst.PageBytes / sizeof(ulong);

    private readonly Dictionary<ulong, ShadowWord[]> pages = [];
    private ShadowWord[]? lastPage;
    private ulong lastNumber;

    /// <summary>The words from <paramref name="address"/> (a multiple of 8) to the end of its page; empty beyond the limit of pages and outside the memory.</summary>
    public Span<ShadowWord> At(ulong address)
    {
        ulong number = address / AxiBurst.PageBytes;
        if (lastPage is null || number != lastNumber)
        {
            if (!pages.TryGetValue(number, out ShadowWord[]? page))
            {
                if (pages.Count >= pageLimit || address < first || address > last)
                {
                    return default;
                }

                page = new ShadowWord[PageWords];
                pages.Add(number, page);
            }

            (lastPage, lastNumber) = (page, number);
        }

        return lastPage.AsSpan((int)(address % AxiBurst.PageBytes) / sizeof(ulong));
    }

    public void Clear()
    {
        foreach (ShadowWord[] page in pages.Values)
        {
            Array.Clear(page);
        }
    }
}

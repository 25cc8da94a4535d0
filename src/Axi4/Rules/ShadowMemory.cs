using System.Numerics;

namespace Spanker.Conformance.Axi4;

/// <summary>What a memory holds as far as the trace told: pages of 4 KiB, made at the first write or read.</summary>
internal sealed class ShadowMemory(int pageLimit, int blockWords, ulong firstAddress, ulong lastAddress)
{
    private readonly Dictionary<ulong, ShadowPage> pages = [];
    private readonly int blockShift = BitOperations.Log2((uint)(blockWords * sizeof(ulong)));
    private long clearings;

    /// <summary>The block of <paramref name="address"/> in its page.</summary>
    public int BlockOf(ulong address) => unchecked((int)(address % AxiBurst.PageBytes)) >> blockShift;

    /// <summary>A page; null beyond the limit of pages, and outside the memory.</summary>
    /// <param name="number">Its address / 4096.</param>
    /// <param name="last">The page that the caller was in last, and after the call this one: a burst stays in its page.</param>
    public ShadowPage? Page(ulong number, ref ShadowPage? last)
    {
        ShadowPage? page = last;
        if (page is null || page.Number != number)
        {
            last = page = Find(number);
        }

        if (page is not null && page.Clearings != clearings)
        {
            page.Clear(clearings);
        }

        return page;
    }

    /// <summary>Forgets everything. A page is cleared when it is next looked at, so this takes no longer the more there are.</summary>
    public void Clear() => clearings++;

    private ShadowPage? Find(ulong number)
    {
        bool isMemory = number >= firstAddress / AxiBurst.PageBytes && number <= lastAddress / AxiBurst.PageBytes;
        if (!pages.TryGetValue(number, out ShadowPage? page) && pages.Count < pageLimit && isMemory)
        {
            page = new(number, blockWords);
            pages.Add(number, page);
        }

        return page;
    }
}

namespace Spanker.Conformance.Axi4;

/// <summary>Splits a copy of many bytes into INCR bursts that keep the rules: no page crossed, no burst too long.</summary>
public static class AxiDmaSplitter
{
    /// <summary>The bursts of <paramref name="bytes"/> bytes at <paramref name="address"/>, in order; only the first can be unaligned.</summary>
    /// <remarks>
    /// cur = A; while cur &lt; end: limit = min(end, (cur | 0xFFF) + 1, AL(cur) + maxBeats * NB); one burst of
    /// ceil((limit - AL(cur)) / NB) beats at cur; cur = limit. The last beat of the last burst may hold lanes that are beyond the copy.
    /// </remarks>
    /// <param name="address">First byte.</param>
    /// <param name="bytes">Bytes to copy; 0 gives no burst.</param>
    /// <param name="size">AxSIZE: NB = 2^size bytes a beat.</param>
    /// <param name="maxBeats">The most beats of a burst, 1..256.</param>
    /// <exception cref="ArgumentException">The copy reaches beyond 2^64 - 1, or a parameter is one that AXI4 does not have.</exception>
    public static IEnumerable<AxiBurst> Split(ulong address, ulong bytes, int size, int maxBeats = AxiBurst.MaxBeats)
    {
        if (bytes > ulong.MaxValue - address)
        {
            throw new ArgumentException($"{bytes} bytes at 0x{address:x} reach beyond the last address", nameof(bytes));
        }

        _ = new AxiBurst(address, maxBeats, size, AxiBurstKind.Incr);
        return Bursts(address, address + bytes, size, maxBeats);
    }

    private static IEnumerable<AxiBurst> Bursts(ulong address, ulong end, int size, int maxBeats)
    {
        ulong beatBytes = 1UL << size;
        while (address < end)
        {
            ulong aligned = address & ~(beatBytes - 1);
            ulong inPage = AxiBurst.PageBytes - (address % AxiBurst.PageBytes);
            ulong inBurst = ((ulong)maxBeats * beatBytes) - (address - aligned);
            ulong length = Math.Min(end - address, Math.Min(inPage, inBurst));
            ulong beats = (address - aligned + length + beatBytes - 1) / beatBytes;
            yield return new(address, (int)beats, size, AxiBurstKind.Incr);
            address += length;
        }
    }
}

namespace Spanker.Conformance.Device;

/// <summary>What lies around operands and results, and in a result before it is written, so that a stray read shows in the result.</summary>
internal sealed class Filling
{
    /// <summary>Bytes on each side of a buffer that are filled and watched, as far as its slot reaches.</summary>
    public const int ReachBytes = 4096;

    private readonly byte[] pattern;

    private Filling(Func<int, byte> byteAt)
    {
        pattern = [.. Enumerable.Range(0, ReachBytes).Select(byteAt)];
    }

    /// <summary>Bytes without a pattern: finite values of any size in every format.</summary>
    public static Filling Noise { get; } = new(MakeNoise);

    /// <summary>Bytes that are NaN as binary32 and as binary16 at every even offset: 7F FF repeated, so every word is 0xFF7FFF7F or 0x7FFF7FFF.</summary>
    public static Filling NotNumbers { get; } = new(i => (i & 1) == 0 ? (byte)0xFF : (byte)0x7F);

    /// <summary>Fills a part of a slot that begins at <paramref name="offset"/>.</summary>
    public void Fill(Span<byte> part, ulong offset)
    {
        int phase = (int)(offset % ReachBytes);
        for (int done = 0; done < part.Length;)
        {
            ReadOnlySpan<byte> next = pattern.AsSpan(phase);
            next = next[..Math.Min(next.Length, part.Length - done)];
            next.CopyTo(part[done..]);
            done += next.Length;
            phase = 0;
        }
    }

    /// <summary>The index of the first byte that is not as <see cref="Fill"/> left it; -1 if none.</summary>
    public int FindChange(ReadOnlySpan<byte> part, ulong offset)
    {
        int phase = (int)(offset % ReachBytes);
        for (int done = 0; done < part.Length;)
        {
            ReadOnlySpan<byte> next = pattern.AsSpan(phase);
            next = next[..Math.Min(next.Length, part.Length - done)];
            int same = next.CommonPrefixLength(part.Slice(done, next.Length));
            if (same < next.Length)
            {
                return done + same;
            }

            done += next.Length;
            phase = 0;
        }

        return -1;
    }

    // unchecked: a hash of the offset (the finalizer of SplitMix64).
    private static byte MakeNoise(int offset)
    {
        unchecked
        {
            ulong z = ((ulong)offset + 1) * 0x9E37_79B9_7F4A_7C15;
            z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
            z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
            return (byte)(z >> 56);
        }
    }
}

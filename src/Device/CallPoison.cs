namespace Spanker.Conformance.Device;

/// <summary>What OUT holds before a call: read as binary32 it is -6.3e18, far from any result, so that an element which was never written shows.</summary>
public static class CallPoison
{
    /// <summary>Each four bytes of it.</summary>
    public const uint Word = 0xDEAD_BEEF;

    // A multiple of the word's length, so that every chunk begins with the same byte.
    private static readonly byte[] Pattern = [.. Enumerable.Range(0, 4096).Select(i => At((ulong)i))];

    /// <summary>The byte at an offset: EF, BE, AD, DE and so on.</summary>
    public static byte At(ulong offsetBytes) => (byte)(Word >> (8 * (int)(offsetBytes % sizeof(uint))) & 0xFF);

    /// <summary>Fills a buffer.</summary>
    public static void Fill(ICallBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        for (ulong at = 0; at < buffer.LengthBytes; at += (ulong)Pattern.Length)
        {
            Span<byte> part = buffer.Slice(at, (int)Math.Min((ulong)Pattern.Length, buffer.LengthBytes - at));
            Pattern.AsSpan(0, part.Length).CopyTo(part);
        }
    }

    /// <summary>The first byte from <paramref name="start"/> on that is not as <see cref="Fill"/> left it; null if none.</summary>
    public static ulong? FindChange(ICallBuffer buffer, ulong start)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        for (ulong at = start; at < buffer.LengthBytes;)
        {
            int phase = (int)(at % (ulong)Pattern.Length);
            int length = (int)Math.Min((ulong)(Pattern.Length - phase), buffer.LengthBytes - at);
            int same = Pattern.AsSpan(phase, length).CommonPrefixLength(buffer.Slice(at, length));
            if (same < length)
            {
                return at + (ulong)same;
            }

            at += (ulong)length;
        }

        return null;
    }
}

namespace Spanker.Conformance.Vcd;

/// <summary>A window on a stream of bytes: large reads, words between white space, and where they stand in the file.</summary>
/// <remarks>
/// White space is every byte up to 32. Behind the last byte of the window stands a line feed that is not of the file, so that a loop which looks for white
/// space needs no second condition; one that stops at <see cref="End"/> has met the end of the window, not of a word.
/// </remarks>
internal sealed class VcdTokens
{
    private const int FirstSize = 16 << 10;
    private const int FullSize = 256 << 10;
    private const int Slack = 16;

    private readonly Stream stream;
    private readonly int wordLimitBytes;
    private long windowOffset;
    private long linesBefore;

    public VcdTokens(Stream stream, int wordLimitBytes)
    {
        this.stream = stream;
        this.wordLimitBytes = wordLimitBytes;
        Buffer = NewBuffer(FirstSize);
    }

    /// <summary>The window's bytes.</summary>
    public byte[] Buffer { get; private set; }

    /// <summary>The next byte to look at.</summary>
    public int Position { get; set; }

    /// <summary>One past the last byte of the window.</summary>
    public int End { get; private set; }

    /// <summary>Whether the stream has ended with the window.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Offset in the file of a place in the window.</summary>
    public long OffsetOf(int position) => windowOffset + position;

    /// <summary>Line in the file, from 1, of a place in the window.</summary>
    public long LineOf(int position) => linesBefore + Buffer.AsSpan(0, Math.Min(position, End)).Count((byte)'\n') + 1;

    /// <summary>A fault at a place in the window.</summary>
    public VcdException Fault(int position, string fault, string expected, bool isIncomplete = false) =>
        new(OffsetOf(position), LineOf(position), fault, expected, isIncomplete);

    /// <summary>Moves the window so that it begins at <paramref name="keepFrom"/>, which becomes <see cref="Position"/> 0, and reads more; false if there is no more.</summary>
    /// <exception cref="VcdException">What is kept is longer than any word may be.</exception>
    public bool Refill(int keepFrom)
    {
        int kept = End - keepFrom;
        if (IsAtEnd)
        {
            Position = keepFrom;
            return false;
        }

        if (kept > wordLimitBytes)
        {
            throw Fault(keepFrom, $"a word of more than {wordLimitBytes} bytes begins with {VcdException.Quote(Buffer.AsSpan(keepFrom, 32))}", "shorter names and values");
        }

        linesBefore += Buffer.AsSpan(0, keepFrom).Count((byte)'\n');
        windowOffset += keepFrom;
        int size = Buffer.Length - Slack;
        bool isFirstOfMany = size < FullSize && windowOffset > 0;
        byte[] target = kept > size / 2 || isFirstOfMany ? NewBuffer(Math.Max(size * 2, isFirstOfMany ? FullSize : 0)) : Buffer;
        Buffer.AsSpan(keepFrom, kept).CopyTo(target);
        Buffer = target;
        int read = stream.Read(Buffer, kept, Buffer.Length - Slack - kept);
        IsAtEnd = read == 0;
        End = kept + read;
        Buffer[End] = (byte)'\n';
        Position = 0;
        return read > 0;
    }

    /// <summary>Not cleared: nothing behind the line feed at the end of what was read is looked at.</summary>
    private static byte[] NewBuffer(int size)
    {
        byte[] buffer = GC.AllocateUninitializedArray<byte>(size + Slack);
        buffer[0] = (byte)'\n';
        return buffer;
    }

    /// <summary>The next word without stepping past the white space behind it; false at the end of the file. A word that the file ends in counts as a word.</summary>
    /// <param name="start">Where the word begins in the window.</param>
    /// <param name="length">Its bytes; it stays where it is until the window is moved.</param>
    public bool TryReadWord(out int start, out int length)
    {
        length = 0;
        while (true)
        {
            while (Buffer[Position] <= ' ' && Position < End)
            {
                Position++;
            }

            if (Position < End)
            {
                break;
            }

            if (!Refill(Position))
            {
                start = Position;
                return false;
            }
        }

        start = Position;
        while (true)
        {
            int end = start + Buffer.AsSpan(start, End + 1 - start).IndexOfAnyInRange((byte)0, (byte)' ');
            if (end < End || IsAtEnd)
            {
                Position = end;
                length = end - start;
                return true;
            }

            _ = Refill(start);
            start = 0;
        }
    }

    /// <summary>Steps past the next <c>$end</c>, over words of any length; false if the file ends before.</summary>
    public bool TrySkipToEndKeyword()
    {
        ReadOnlySpan<byte> keyword = "$end"u8;
        bool isInsideWord = false;
        while (true)
        {
            int p = Position;
            while (p < End)
            {
                if (Buffer[p] <= ' ')
                {
                    isInsideWord = false;
                    p++;
                    continue;
                }

                int end = p + Buffer.AsSpan(p, End + 1 - p).IndexOfAnyInRange((byte)0, (byte)' ');
                bool isWhole = end < End || IsAtEnd;
                if (!isWhole && end - p <= keyword.Length)
                {
                    break;
                }

                if (isWhole && !isInsideWord && Buffer.AsSpan(p, end - p).SequenceEqual(keyword))
                {
                    Position = end;
                    return true;
                }

                isInsideWord |= !isWhole;
                p = end;
            }

            bool hasMore = Refill(p);
            if (!hasMore && Position >= End)
            {
                return false;
            }
        }
    }
}

using System.Globalization;

namespace Spanker.Conformance.Suite;

/// <summary>The length of a buffer of a case: what the dimensions call for, that plus or minus some bytes, or a number of bytes outright.</summary>
public readonly record struct BufferLength
{
    private const ulong MostBytes = 1UL << 40;

    private BufferLength(bool isAbsolute, long bytes)
    {
        IsAbsolute = isAbsolute;
        Bytes = bytes;
    }

    /// <summary>What the dimensions call for.</summary>
    public static BufferLength Consistent => default;

    /// <summary>True if <see cref="Bytes"/> is the whole length.</summary>
    public bool IsAbsolute { get; }

    /// <summary>The difference, or the whole length, in bytes.</summary>
    public long Bytes { get; }

    /// <summary>So many bytes more (or, negative, less) than the dimensions call for.</summary>
    public static BufferLength Off(long bytes) => new(isAbsolute: false, bytes);

    /// <summary>So many bytes.</summary>
    public static BufferLength Exactly(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        return new(isAbsolute: true, bytes);
    }

    /// <summary>The length in bytes where the dimensions call for <paramref name="consistent"/>; never below 0.</summary>
    /// <exception cref="InvalidOperationException">The length cannot be allocated: the case should have said how long the buffer is.</exception>
    public ulong Resolve(UInt128 consistent)
    {
        if (IsAbsolute)
        {
            return (ulong)Bytes;
        }

        // Int128: a token may ask for 2^63 - 1 bytes more.
        Int128 length = consistent > MostBytes ? Int128.MaxValue : (Int128)consistent + Bytes;
        if (length > MostBytes)
        {
            string more = Bytes > 0 ? $" and {Bytes} more" : string.Empty;
            throw new InvalidOperationException($"a buffer of {consistent} bytes{more} was asked for; at most {MostBytes} bytes can be laid out");
        }

        return (ulong)Int128.Max(0, length);
    }

    /// <summary>The spelling in tokens after the buffer's letter: empty, <c>p1</c> (one more), <c>m1</c> (one less), <c>e0</c> (exactly none).</summary>
    public string ToToken() => (IsAbsolute, Bytes) switch
    {
        (true, _) => string.Create(CultureInfo.InvariantCulture, $"e{Bytes}"),
        (false, 0) => string.Empty,
        (false, > 0) => string.Create(CultureInfo.InvariantCulture, $"p{Bytes}"),
        (false, _) => string.Create(CultureInfo.InvariantCulture, $"m{-Bytes}"),
    };

    /// <summary>Reads what <see cref="ToToken"/> writes.</summary>
    public static bool TryParse(string text, out BufferLength length)
    {
        length = default;
        if (text.Length < 2 || !long.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out long bytes))
        {
            return false;
        }

        switch (text[0])
        {
            case 'e':
                length = Exactly(bytes);
                return true;
            case 'p':
                length = Off(bytes);
                return true;
            case 'm':
                length = Off(-bytes);
                return true;
            default:
                return false;
        }
    }

}

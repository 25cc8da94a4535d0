namespace Spanker.Conformance.Suite;

/// <summary>Bytes that are mostly zero, as text for tokens.</summary>
/// <remarks>
/// The bytes become runs: varint(zeros), varint(others), the others; a run of fewer than three zeros does not end the others.
/// Trailing zeros are left out. The runs are written in base 64 with the alphabet A-Z a-z 0-9 . _ and without padding.
/// A varint has seven bits a byte, the low ones first, the top bit set on all but the last (as in LEB128).
/// </remarks>
public static class SparseBytes
{
    /// <summary>The bytes as text; empty for none but zeros.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        List<byte> runs = [];
        int at = 0;
        while (true)
        {
            int start = at;
            while (start < bytes.Length && bytes[start] == 0)
            {
                start++;
            }

            if (start == bytes.Length)
            {
                break;
            }

            int end = EndOfOthers(bytes, start);
            WriteVarint(runs, start - at);
            WriteVarint(runs, end - start);
            runs.AddRange(bytes[start..end]);
            at = end;
        }

        return Convert.ToBase64String(runs.ToArray()).TrimEnd('=').Replace('+', '.').Replace('/', '_');
    }

    /// <summary>Reads what <see cref="Encode"/> writes into <paramref name="destination"/>, zeroes what is not said.</summary>
    /// <exception cref="FormatException">The text is not such runs, or they do not fit.</exception>
    public static void Decode(string text, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(text);
        destination.Clear();
        string padded = text.Replace('.', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=');
        byte[] runs = new byte[padded.Length / 4 * 3];
        if (!Convert.TryFromBase64String(padded, runs, out int length))
        {
            throw new FormatException("operand bytes are not in base 64 of the letters A-Z a-z 0-9 . and _");
        }

        runs = runs[..length];
        int read = 0;
        int at = 0;
        while (read < runs.Length)
        {
            int zeros = ReadVarint(runs, ref read);
            int others = ReadVarint(runs, ref read);
            if (zeros > destination.Length - at || others > destination.Length - at - zeros || others > runs.Length - read)
            {
                throw new FormatException($"operand bytes reach beyond the {destination.Length} that the shape has room for");
            }

            at += zeros;
            runs.AsSpan(read, others).CopyTo(destination[at..]);
            read += others;
            at += others;
        }
    }

    private static int EndOfOthers(ReadOnlySpan<byte> bytes, int start)
    {
        int end = start;
        int zeros = 0;
        for (int i = start; i < bytes.Length && zeros < 3; i++)
        {
            zeros = bytes[i] == 0 ? zeros + 1 : 0;
            if (bytes[i] != 0)
            {
                end = i + 1;
            }
        }

        return end;
    }

    private static void WriteVarint(List<byte> destination, int value)
    {
        uint rest = (uint)value;
        while (rest >= 0x80)
        {
            destination.Add((byte)((rest & 0x7F) | 0x80));
            rest >>= 7;
        }

        destination.Add((byte)rest);
    }

    private static int ReadVarint(byte[] source, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; shift < 35; shift += 7)
        {
            if (at == source.Length)
            {
                throw new FormatException("operand bytes end inside a number");
            }

            byte next = source[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if ((next & 0x80) == 0)
            {
                return value <= int.MaxValue ? (int)value : throw new FormatException("operand bytes hold a number beyond 2^31-1");
            }
        }

        throw new FormatException("operand bytes hold a number beyond 2^31-1");
    }
}

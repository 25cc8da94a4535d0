using System.Buffers.Binary;
using Spanker.Conformance.Tests.Support;

namespace Spanker.Conformance.Tests.LongChecks.Products;

/// <summary>Rows for products: their scales are drawn to a purpose, the rest are random bytes.</summary>
internal static class DrawnRows
{
    /// <summary>Exponents of 2^-24 at which 11 bits are a binary16: 0 to 29.</summary>
    private const int Exponents = 30;

    private static readonly ushort[] Specials = [0x7C00, 0xFC00, 0x7E00, 0xFC01];

    /// <summary>Rows of the kinds of <see cref="DotProductCase"/>, a pair of rows from each case.</summary>
    public static (byte[][] A, byte[][] B) OfAnyKind(SplitMix64 stream, int m, int n, int blocks) =>
        Split([.. Enumerable.Range(0, Math.Max(m, n)).Select(_ => DotProductCase.Draw(stream, blocks))], m, n);

    /// <summary>The same of one kind, which is drawn.</summary>
    public static (byte[][] A, byte[][] B) OfOneKind(SplitMix64 stream, int m, int n, int blocks)
    {
        DotProductKind kind = DotProductCase.Draw(stream, blocks).Kind;
        var cases = new DotProductCase[Math.Max(m, n)];
        for (int i = 0; i < cases.Length; i++)
        {
            do
            {
                cases[i] = DotProductCase.Draw(stream, blocks);
            }
            while (cases[i].Kind != kind);
        }

        return Split(cases, m, n);
    }

    /// <summary>A row whose d lie within two binades, and whose dmin within two others.</summary>
    public static byte[] Alike(SplitMix64 stream, int blocks)
    {
        int d = stream.Below(Exponents - 2);
        int dmin = Math.Clamp(d - 2 + stream.Below(5), 0, Exponents - 2);
        return Row(stream, blocks, _ => (Within(stream, d), Within(stream, dmin)));
    }

    /// <summary>A row of one power of two for d and one for dmin, or zero for one of them now and then; every third row repeats its first half.</summary>
    /// <param name="stream">Where the numbers come from.</param>
    /// <param name="blocks">Super-blocks.</param>
    /// <param name="isNegated">Whether the repetition is the negative, so that the product with one that is not is zero.</param>
    public static byte[] OfPowersOfTwo(SplitMix64 stream, int blocks, bool isNegated)
    {
        int exponent = stream.Below(Exponents);
        ushort d = stream.OneIn(8) ? (ushort)0 : Scale(1, exponent, stream.OneIn(2));
        ushort dmin = stream.OneIn(8) ? (ushort)0 : Scale(1, Math.Clamp(exponent - 4 + stream.Below(9), 0, Exponents - 1), stream.OneIn(2));
        byte[] row = Row(stream, blocks, _ => (d, dmin));
        if (stream.OneIn(3) && blocks % 2 == 0)
        {
            row.AsSpan(0, row.Length / 2).CopyTo(row.AsSpan(row.Length / 2));
            for (int at = row.Length / 2; isNegated && at < row.Length; at += BlockFields.Bytes)
            {
                row[at + 1] ^= 0x80;
                row[at + 3] ^= 0x80;
            }
        }

        return row;
    }

    /// <summary>A row of the largest integers that a block holds.</summary>
    public static byte[] OfLargest(SplitMix64 stream, int blocks)
    {
        int exponent = stream.Below(Exponents);
        bool isNegative = stream.OneIn(2);
        bool isOpposite = !stream.OneIn(4);
        byte[] row = Row(stream, blocks, _ => (Scale(2047, exponent, isNegative), Scale(2047, exponent, isNegative ^ isOpposite)));
        FillLargest(row);
        return row;
    }

    /// <summary>A row alike, every second one of the largest nibbles, scales and minimums; every third one has an infinite or NaN d or dmin in one block.</summary>
    public static byte[] WithNonFinite(SplitMix64 stream, int blocks)
    {
        byte[] row = Alike(stream, blocks);
        if (stream.OneIn(2))
        {
            // No zero makes a NaN of an infinity then.
            FillLargest(row);
        }

        if (stream.OneIn(3))
        {
            int offset = (stream.Below(blocks) * BlockFields.Bytes) + (2 * stream.Below(2));
            BinaryPrimitives.WriteUInt16LittleEndian(row.AsSpan(offset), Specials[stream.Below(Specials.Length)]);
        }

        return row;
    }

    /// <summary>Sets every nibble to 15 and every scale and minimum to 63.</summary>
    public static void FillLargest(Span<byte> row)
    {
        for (int at = 0; at < row.Length; at += BlockFields.Bytes)
        {
            row.Slice(at + 4, BlockFields.Bytes - 4).Fill(0xff);
        }
    }

    /// <summary>Random blocks with these d and dmin.</summary>
    public static byte[] Row(SplitMix64 stream, int blocks, Func<int, (ushort D, ushort DMin)> scales)
    {
        byte[] row = new byte[blocks * BlockFields.Bytes];
        stream.Fill(row);
        for (int block = 0; block < blocks; block++)
        {
            (ushort d, ushort dmin) = scales(block);
            BinaryPrimitives.WriteUInt16LittleEndian(row.AsSpan(block * BlockFields.Bytes), d);
            BinaryPrimitives.WriteUInt16LittleEndian(row.AsSpan((block * BlockFields.Bytes) + 2), dmin);
        }

        return row;
    }

    /// <summary>The binary16 of <c>significand * 2^(exponent - 24)</c>.</summary>
    /// <param name="significand">1 to 2047.</param>
    /// <param name="exponent">0 to 29, or up to 39 for a significand that has the bits to spare.</param>
    /// <param name="isNegative">Its sign.</param>
    public static ushort Scale(int significand, int exponent, bool isNegative)
    {
        while (significand < 1024 && exponent > 0)
        {
            significand *= 2;
            exponent--;
        }

        int field = significand < 1024 ? 0 : exponent + 1;
        if (field > Exponents)
        {
            throw new ArgumentOutOfRangeException(nameof(exponent), exponent, $"{significand} * 2^{exponent} units are no binary16");
        }

        return (ushort)((isNegative ? 0x8000 : 0) | (field << 10) | (significand % 1024));
    }

    private static ushort Within(SplitMix64 stream, int exponent) =>
        Scale(1024 + stream.Below(1024), exponent + stream.Below(2), stream.OneIn(8));

    private static (byte[][] A, byte[][] B) Split(DotProductCase[] cases, int m, int n) =>
        ([.. cases.Take(m).Select(drawn => drawn.A)], [.. cases.Take(n).Select(drawn => drawn.B)]);
}

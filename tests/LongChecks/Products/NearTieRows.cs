using Spanker.Conformance.Tests.Support;

namespace Spanker.Conformance.Tests.LongChecks.Products;

/// <summary>Rows whose products are one unit off a tie of binary32 and longer than 53 bits, so that a binary64 on the way would round them to the tie.</summary>
/// <remarks>
/// In units of the rows: 1, 2 or 4 blocks of 256 equal products <c>s t 2^e * 32^2 * 8 f</c> with s and t of 11 bits and f of 4, all odd, and one block
/// with a product of 1 or -1. Where s t f has 25 bits, the sum is an odd number of halves of the last place of a binary32, and that one more or less.
/// </remarks>
internal static class NearTieRows
{
    /// <summary>2^e is the largest at which s t 2^e stays below 2^31.</summary>
    private const int LargestExponent = 9;

    private const int Scale = 32;

    /// <summary>Rows of A and of B.</summary>
    public static (byte[][] A, byte[][] B) Draw(SplitMix64 stream, int m, int n)
    {
        int blocks = 1 << stream.Below(3);
        int exponent = stream.Below(LargestExponent + 1);
        return (
            [.. Enumerable.Range(0, m).Select(_ => Row(stream, blocks, exponent, q: 9 + (2 * stream.Below(4))))],
            [.. Enumerable.Range(0, n).Select(_ => Row(stream, blocks, LargestExponent - exponent, q: 8))]);
    }

    private static byte[] Row(SplitMix64 stream, int blocks, int exponent, int q)
    {
        int unit = stream.Below(20);
        var large = new BlockFields { D = DrawnRows.Scale(1025 + (2 * stream.Below(511)), unit + exponent, stream.OneIn(2)) };
        large.Scales.AsSpan().Fill(Scale);
        large.Q.AsSpan().Fill(q);
        BlockFields one = CraftedRows.Block(DrawnRows.Scale(1, unit, stream.OneIn(2)), (0, 1));
        return CraftedRows.Row([one, .. Enumerable.Repeat(large, blocks)]);
    }
}

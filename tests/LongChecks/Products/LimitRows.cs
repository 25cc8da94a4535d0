using Spanker.Conformance.Tests.Support;

namespace Spanker.Conformance.Tests.LongChecks.Products;

/// <summary>Rows on both sides of the limits within which the tiles keep to integers of 64 bits, or to blocks that do not round.</summary>
/// <remarks>
/// A row's d are integers D in units of the finest bit of any of them, its dmin integers M alike. 64 bits are used where every product of a
/// D or M of one row with one of the other is below 2^31, and <c>256 n W_a W_b</c> below 2^62, with n blocks and
/// <c>W = 945 D + 63 M</c> in the finer of the two units, which is |w| of the largest weight. Where those products are below 2^31 in the finer
/// units too, nothing is shifted.
/// </remarks>
internal static class LimitRows
{
    private const int LargestScaled = 63 * 15;
    private const int LargestMinimum = 63;
    private const double Limit = 4611686018427387904;

    /// <summary>Rows whose largest scales have a product of 2^31 - 2^21 at least and below 2^31, or of 2^31 to 2^31 + 2^21.</summary>
    /// <param name="stream">Where the numbers come from.</param>
    /// <param name="m">Rows of A.</param>
    /// <param name="n">Rows of B.</param>
    /// <param name="blocks">2 to 8, at which the sums stay below their limit.</param>
    /// <param name="isAbove">The side of the limit.</param>
    /// <param name="isCommon">Whether all d are large and all dmin a unit, or the other way about, so that only in the common unit the product is as large.</param>
    public static (byte[][] A, byte[][] B) OfScales(SplitMix64 stream, int m, int n, int blocks, bool isAbove, bool isCommon)
    {
        // left * right is the last multiple of left below 2^21, or the first one that is not.
        int left = 1025 + (2 * stream.Below(511));
        int right = (((1 << 21) - 1) / left) + (isAbove ? 1 : 0);
        int shift = stream.Below(11);
        bool isLeftMinimum = stream.OneIn(2);
        bool isRightMinimum = stream.OneIn(2);
        return (
            [.. Enumerable.Range(0, m).Select(_ => OfScale(stream, blocks, left, shift, isLeftMinimum, isCommon))],
            [.. Enumerable.Range(0, n).Select(_ => OfScale(stream, blocks, right, 10 - shift, isRightMinimum, isCommon))]);
    }

    /// <summary>Rows with <c>256 n W_a W_b</c> within 3% below 2^62; or above it, by 3% or, every second time, from 2^63 to 2^64.</summary>
    public static (byte[][] A, byte[][] B) OfSums(SplitMix64 stream, int m, int n, int blocks, bool isAbove)
    {
        (double from, double to) = !isAbove ? (0.97, 1.0) : stream.OneIn(2) ? (1.0, 1.03) : (2.0, 4.0);
        Scales left;
        Scales right;
        double sum;
        do
        {
            left = Scales.Draw(stream);
            right = Scales.Draw(stream);
            sum = 256.0 * blocks * left.Largest * right.Largest / Limit;
        }
        while (sum < from || sum >= to);

        return ([.. Enumerable.Range(0, m).Select(_ => left.Row(stream, blocks))], [.. Enumerable.Range(0, n).Select(_ => right.Row(stream, blocks))]);
    }

    /// <summary>A row whose blocks have their largest weight near 2^24 units of their own, so that some weights round and others of their size do not.</summary>
    public static byte[] OfRounding(SplitMix64 stream, int blocks)
    {
        int exponent = stream.Below(20);
        bool isNegative = stream.OneIn(2);
        byte[] row = DrawnRows.Row(stream, blocks, _ => stream.OneIn(2)
            ? (DrawnRows.Scale(1100 + stream.Below(20), exponent + 4, isNegative), DrawnRows.Scale(1 + (2 * stream.Below(150)), exponent, !isNegative))
            : (DrawnRows.Scale(1 + stream.Below(2047), exponent + stream.Below(6), stream.OneIn(2)),
                DrawnRows.Scale(1 + stream.Below(2047), exponent + stream.Below(9), stream.OneIn(2))));
        for (int block = 0; block < blocks; block++)
        {
            if (stream.OneIn(2))
            {
                DrawnRows.FillLargest(row.AsSpan(block * BlockFields.Bytes, BlockFields.Bytes));
            }
        }

        return row;
    }

    /// <summary>The large scale in the first block, the unit in the second, and either in the others; or the large scale in all.</summary>
    private static byte[] OfScale(SplitMix64 stream, int blocks, int significand, int shift, bool isMinimum, bool isInAll)
    {
        int exponent = stream.Below(19);
        return DrawnRows.Row(stream, blocks, block =>
        {
            ushort unit = DrawnRows.Scale(1, exponent, stream.OneIn(2));
            ushort other = DrawnRows.Scale(1, exponent, stream.OneIn(2));
            ushort large = isInAll || block == 0 || (block > 1 && stream.OneIn(2)) ? DrawnRows.Scale(significand, exponent + shift, stream.OneIn(2)) : unit;
            return isMinimum ? (other, large) : (large, other);
        });
    }

    /// <summary>d = D * 2^DShift and dmin = M * 2^MShift units of a row.</summary>
    private readonly record struct Scales(int D, int DShift, int M, int MShift)
    {
        public double Largest => Math.ScaleB(LargestScaled * D, DShift) + Math.ScaleB(LargestMinimum * M, MShift);

        public static Scales Draw(SplitMix64 stream)
        {
            int shift = stream.Below(14);
            bool isMinimum = stream.OneIn(4);
            return new Scales(Odd(stream), isMinimum ? 0 : shift, Odd(stream), isMinimum ? shift : 0);
        }

        /// <summary>The same in every block; every second row has the largest weights, all of one sign.</summary>
        public byte[] Row(SplitMix64 stream, int blocks)
        {
            (int d, int dShift, int m, int mShift) = (D, DShift, M, MShift);
            int exponent = stream.Below(16);
            if (stream.OneIn(2))
            {
                return DrawnRows.Row(stream, blocks, _ =>
                    (DrawnRows.Scale(d, exponent + dShift, stream.OneIn(2)), DrawnRows.Scale(m, exponent + mShift, stream.OneIn(2))));
            }

            bool isNegative = stream.OneIn(2);
            byte[] row = DrawnRows.Row(stream, blocks, _ =>
                (DrawnRows.Scale(d, exponent + dShift, isNegative), DrawnRows.Scale(m, exponent + mShift, !isNegative)));
            DrawnRows.FillLargest(row);
            return row;
        }

        private static int Odd(SplitMix64 stream) => 1025 + (2 * stream.Below(511));
    }
}

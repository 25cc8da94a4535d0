using System.Numerics;

namespace Spanker.Conformance.Reference;

/// <summary>Class f32: weights rounded to binary32, products and sums in binary32, fused or not; u = 2^-24.</summary>
internal static class F32ErrorBound
{
    private const double U = ErrorBound.SingleRoundoff;
    private const int SignificandBits = 24;

    /// <summary>
    /// The bound for a declared order: 0 where no operation can round, by Theorem 2 of docs/numerics.md; else the smaller of what holds
    /// for any order and of what the order adds to that. The formulas below are asked only where some product is not zero.
    /// </summary>
    public static double InOrder(in ExactElement element, SummationOrder order)
    {
        if (element.IsExactInAnyOrder(SignificandBits))
        {
            return 0;
        }

        double rounding = element.Definition == WeightDefinition.Rational ? ErrorBound.WeightRounding(element.RoundsInDecode) : 0;
        int length = element.A.Length;
        double anyOrder = AnyOrder(element.NonzeroProducts, element.Magnitude, rounding);
        return order switch
        {
            SummationOrder.Any => anyOrder,
            SummationOrder.Pairwise => Math.Min(anyOrder, Pairwise(element.NonzeroProducts, length, element.Magnitude, rounding)),
            _ => Math.Min(anyOrder, Chained(element, BlockLength(order, length), rounding)),
        };
    }

    /// <summary>Products that a declared order adds one after the other before it adds the sums: all of them, 32 or 256; 0 for an order without such blocks.</summary>
    internal static int BlockLength(SummationOrder order, int length) => order switch
    {
        SummationOrder.Any or SummationOrder.Pairwise => 0,
        SummationOrder.Sequential => length,
        SummationOrder.Blocks32 => 32,
        SummationOrder.Blocks256 => 256,
        _ => throw new ArgumentOutOfRangeException(nameof(order), order, "No bound is proved for this order."),
    };

    /// <summary>
    /// Any tree over the n nonzero products: (n + (n-1)u) u S, with no restriction on n. Theorem 3, after
    /// Jeannerod and Rump (2013).
    /// </summary>
    internal static double AnyOrder(double n, double magnitude, double rounding) =>
        OverWeights((n + ((n - 1) * U)) * U * magnitude, magnitude, rounding);

    /// <summary>Recursive halving: no product passes through more than 1 + min(ceil(log2 k), n - 1) roundings. Theorem 4.</summary>
    internal static double Pairwise(long n, int length, double magnitude, double rounding)
    {
        int levels = BitOperations.Log2((uint)length - 1) + 1;
        double roundings = 1 + Math.Min(levels, n - 1);
        return Weighted(roundings, roundings * magnitude, magnitude, rounding);
    }

    /// <summary>sum_i ((1+u)^h_i - 1)|p_i| from sum_i h_i |p_i| and the most roundings h, h u at most 1.</summary>
    internal static double Weighted(double mostRoundings, double weighted, double magnitude, double rounding) =>
        OverWeights(GrowthUp(mostRoundings) * U * weighted, magnitude, rounding);

    /// <summary>
    /// Blocks of so many products added in order, then the blocks' sums added in order; one block is the sequential sum.
    /// sum_i ((1+u)^h_i - 1)|p_i|, h_i being the roundings on product i's way to the result. Theorem 4.
    /// </summary>
    private static double Chained(in ExactElement element, int blockLength, double rounding)
    {
        ReadOnlySpan<long> a = element.A.Units;
        ReadOnlySpan<long> b = element.B.Units;
        // sum_i h_i |p_i| = sum |p_i| + the magnitude that stands behind each addition of two nonzero operands.
        double products = 0;
        double additions = 0;
        double chain = 0;
        long blocksInChain = 0;
        long mostInBlock = 0;
        for (int start = 0; start < a.Length; start += blockLength)
        {
            double block = 0;
            long inBlock = 0;
            for (int i = start; i < start + blockLength; i++)
            {
                double product = Math.Abs((double)a[i]) * Math.Abs((double)b[i]);
                if (product == 0)
                {
                    continue;
                }

                products += product;
                block += product;
                inBlock++;
                additions += inBlock > 1 ? block : 0;
            }

            if (inBlock == 0)
            {
                continue;
            }

            chain += block;
            blocksInChain++;
            additions += blocksInChain > 1 ? chain : 0;
            mostInBlock = Math.Max(mostInBlock, inBlock);
        }

        double mostRoundings = 1 + Math.Max(0, mostInBlock - 1) + Math.Max(0, blocksInChain - 1);
        if (mostRoundings * U > 1)
        {
            return double.PositiveInfinity;
        }

        double weighted = ErrorBound.SumUp(Math.ScaleB(products + additions, ExactValue.UnitExponent), 3L * a.Length);
        return Weighted(mostRoundings, weighted, element.Magnitude, rounding);
    }

    /// <summary>(1+u)^h - 1 &lt;= h u (1 + h u) while h u &lt;= 1: this is the factor in brackets.</summary>
    private static double GrowthUp(double roundings) => 1 + (roundings * U);

    /// <summary>A bound over rounded weights as one over the element's own: their products are larger by at most a factor 1 + rounding, and so far off.</summary>
    private static double OverWeights(double bound, double magnitude, double rounding) => ((1 + rounding) * bound) + (rounding * magnitude);
}

namespace Spanker.Conformance.Reference;

/// <summary>
/// Class subblock-int: integer dot products of sub-blocks, the scales applied above them in binary32, scale and minimum apart,
/// so the error scales with S' = sum (|d sc q| + |dmin m|)_a (|d sc q| + |dmin m|)_b, which cancellation inside a weight does not shrink.
/// </summary>
internal static class SubblockIntErrorBound
{
    private const double U = ErrorBound.SingleRoundoff;

    /// <summary>
    /// ((T-1) u (1+u)^3 + (1+u)^3 - 1) S' for T nonzero terms of at most three roundings each, plus what rounding the weights moves
    /// if the claim means rounded weights. Theorem 5 of docs/numerics.md. Finite scales only.
    /// </summary>
    public static double Of(in ExactElement element)
    {
        if (!element.Value.IsFinite)
        {
            return double.PositiveInfinity;
        }

        double terms = Terms(element.A.SubblockTerms, element.B.SubblockTerms);
        if (terms == 0)
        {
            return 0;
        }

        double rounding = element.Definition == WeightDefinition.RoundedToBinary32 ? ErrorBound.WeightRounding(element.RoundsInDecode) : 0;
        return (TermsInAnyOrder(terms) + rounding) * Magnitude(element.A.Components, element.B.Components);
    }

    /// <summary>Terms of three roundings each, added in any order, relative to the sum of their magnitudes; (1+u)^3 &lt; 1 + 4u.</summary>
    internal static double TermsInAnyOrder(double terms) => ((terms - 1) * U * (1 + (4 * U))) + ((3 + (4 * U)) * U);

    private static long Terms(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        long terms = 0;
        for (int i = 0; i < a.Length; i++)
        {
            terms += a[i] * b[i];
        }

        return terms;
    }

    private static double Magnitude(ReadOnlySpan<long> a, ReadOnlySpan<long> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += (double)a[i] * b[i];
        }

        return ErrorBound.SumUp(Math.ScaleB(sum, ExactValue.UnitExponent), a.Length);
    }
}

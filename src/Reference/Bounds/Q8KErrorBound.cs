namespace Spanker.Conformance.Reference;

/// <summary>
/// Class q8k: B's weights requantized to 8 bits a block of 256, as GGML's CPU path does, then integer dot products with A's scales
/// factored out. The error is half a step of b's block for each |a_i|, plus that of the binary32 terms. Theorem 7 of docs/numerics.md.
/// </summary>
internal static class Q8KErrorBound
{
    private const double U = ErrorBound.SingleRoundoff;

    /// <summary>|requantized - b| relative to the largest |b| of the block: half of 1/127, and the roundings of the scale, of its inverse and of b times it.</summary>
    internal const double RequantizationStep = (1.0 / 254) + (6 * U);

    /// <summary>
    /// (1+u)^2 c Q + (2u + u^2) S + (the terms in any order) S'', with c the step above, Q = sum |a_i| max|b_block(i)| over nonzero
    /// products and S'' = sum (|d sc q| + |dmin m|)_a |requantized b|. Finite scales only.
    /// </summary>
    public static double Of(in ExactElement element)
    {
        if (!element.Value.IsFinite)
        {
            return double.PositiveInfinity;
        }

        ReadOnlySpan<long> weights = element.A.Units;
        ReadOnlySpan<long> components = element.A.Components;
        ReadOnlySpan<long> b = element.B.Units;
        double requantized = 0;
        double termMagnitude = 0;
        long terms = 0;
        for (int i = 0; i < b.Length; i++)
        {
            // A weight of zero is requantized to zero; a zero of A that two equal parts make still has both its terms.
            if (b[i] == 0 || components[i] == 0)
            {
                continue;
            }

            double blockMaximum = element.B.BlockMaxima[i / Q4KLayout.BlockWeights];
            requantized += Math.Abs((double)weights[i]) * blockMaximum;
            termMagnitude += components[i] * (Math.Abs((double)b[i]) + (RequantizationStep * blockMaximum));
            terms += 2;
        }

        if (terms == 0)
        {
            return 0;
        }

        double q = ErrorBound.SumUp(Math.ScaleB(requantized, ExactValue.UnitExponent), b.Length);
        double s = ErrorBound.SumUp(Math.ScaleB(termMagnitude, ExactValue.UnitExponent), b.Length);
        return Formula(terms, element.Magnitude, q, s);
    }

    /// <summary>The bound of T terms, from S, Q and the sum that is S'' but for its factor 1 + u.</summary>
    internal static double Formula(double terms, double magnitude, double requantized, double termMagnitude) =>
        ((1 + U) * (1 + U) * RequantizationStep * requantized)
        + ((2 + U) * U * magnitude)
        + (SubblockIntErrorBound.TermsInAnyOrder(terms) * (1 + U) * termMagnitude);
}

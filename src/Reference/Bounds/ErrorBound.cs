namespace Spanker.Conformance.Reference;

/// <summary>The proved bound of |result - exact| for each arithmetic claim (CONTRACT NUM-3). docs/numerics.md holds the proofs.</summary>
public static class ErrorBound
{
    /// <summary>Unit roundoff of binary32, 2^-24.</summary>
    internal const double SingleRoundoff = 1.0 / (1 << 24);

    /// <summary>
    /// The formulas take fewer than 2^10 operations in binary64, all on terms that are not negative, each off by a factor of at
    /// most 1 + 2^-53: (1 + 2^-53)^(2^10) &lt; 1 + 2^-42. This factor covers them and its own rounding, so a bound is never too small.
    /// </summary>
    internal const double UpwardFactor = 1 + (1.0 / (1L << 40));

    /// <summary>
    /// The bound of an element for a claim, rounded up. Infinite where the claim is not exercised: outside the class's domain, or
    /// where the bound reaches S = sum |a_i b_i| and a result of zero would pass. Zero where the exact value is infinite or NaN
    /// and the class is judged by IEEE 754.
    /// </summary>
    /// <exception cref="ArgumentException">The element is an exact product of the other definition.</exception>
    public static double For(ArithmeticClaim claim, in ExactElement element)
    {
        if (claim.Weights != element.Definition)
        {
            throw new ArgumentException($"The claim means weights {claim.Weights}, the element {element.Definition}.", nameof(element));
        }

        double bound = UpwardFactor * claim.Class switch
        {
            ArithmeticClass.Exact => ExactErrorBound.OfRounding(element.Value),
            ArithmeticClass.F32 => F32ErrorBound.InOrder(element, claim.Order),
            ArithmeticClass.SubblockInt => SubblockIntErrorBound.Of(element),
            ArithmeticClass.F16Accumulate => NarrowAccumulateErrorBound.F16(element),
            ArithmeticClass.Bf16Accumulate => NarrowAccumulateErrorBound.Bf16(element),
            ArithmeticClass.Q8K => Q8KErrorBound.Of(element),
            _ => throw new ArgumentOutOfRangeException(nameof(claim), claim.Class, "No bound is proved for this class."),
        };

        if (!element.Value.IsFinite)
        {
            // Whatever the order, the extended reals decide; only a class that cannot take such weights at all has no answer.
            return double.IsPositiveInfinity(bound) ? bound : 0;
        }

        bool saysSomething = bound < element.Magnitude || (bound == 0 && element.Magnitude == 0);
        return saysSomething ? bound : double.PositiveInfinity;
    }

    /// <summary>How far rounding the weights to binary32 may move sum |a_i b_i|, relative to it: (1 + u)^2 - 1, or 0 if no weight rounds.</summary>
    internal static double WeightRounding(bool roundsInDecode) => roundsInDecode ? (2 + SingleRoundoff) * SingleRoundoff : 0;

    /// <summary>
    /// A binary64 sum of terms that are not negative, made an upper bound: if no term passes through more than
    /// <paramref name="operations"/> roundings, the sum is short by a factor of at most (1 - 2^-53)^operations.
    /// </summary>
    internal static double SumUp(double sum, long operations) => sum * (1 + ((operations + 2) * (1.0 / (1L << 52))));
}

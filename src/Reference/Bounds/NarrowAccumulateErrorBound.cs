namespace Spanker.Conformance.Reference;

/// <summary>
/// Classes f16-accumulate and bf16-accumulate: products of binary32 weights, summed in a narrow format in any order. Every value may
/// pass through binary32 on its way to the narrow format, so one step has two roundings. Theorems 2 and 6 of docs/numerics.md.
/// </summary>
internal static class NarrowAccumulateErrorBound
{
    private const double U = ErrorBound.SingleRoundoff;
    internal const double LargestF16 = 65504;
    internal const int SignificandBitsF16 = 11;
    internal const int SignificandBitsBf16 = 8;

    // Binary16 holds multiples of 2^-24 alone, so products with a smaller common unit may underflow.
    internal const int SmallestExponentF16 = -24;

    /// <summary>binary16: u = 2^-11, underflow of at most 2^-25 (1 + 2^-12) a product; no partial sum may reach 65504.</summary>
    public static double F16(in ExactElement element)
    {
        double bound = element.CommonUnit >= Math.ScaleB(1, SmallestExponentF16) && element.IsExactInAnyOrder(SignificandBitsF16)
            ? 0
            : F16(element.NonzeroProducts, element.Magnitude, RoundingOf(element));
        return element.Magnitude + bound < LargestF16 ? bound : double.PositiveInfinity;
    }

    /// <summary>bfloat16: u = 2^-8; its exponents are those of binary32, so nothing underflows or overflows.</summary>
    public static double Bf16(in ExactElement element) =>
        element.IsExactInAnyOrder(SignificandBitsBf16) ? 0 : Bf16(element.NonzeroProducts, element.Magnitude, RoundingOf(element));

    /// <summary>binary16 where something may round, n at least 1.</summary>
    internal static double F16(double n, double magnitude, double rounding) =>
        AnyOrder(n, magnitude, rounding, roundoff: 1.0 / (1 << 11), underflow: (1 + (1.0 / (1 << 12))) / (1 << 25));

    /// <summary>bfloat16 where something may round, n at least 1.</summary>
    internal static double Bf16(double n, double magnitude, double rounding) => AnyOrder(n, magnitude, rounding, roundoff: 1.0 / (1 << 8), underflow: 0);

    private static double RoundingOf(in ExactElement element) => element.Definition == WeightDefinition.Rational ? ErrorBound.WeightRounding(element.RoundsInDecode) : 0;

    /// <summary>
    /// (n-1) w ((1+v) S + n alpha) + v S + n alpha, with v = (1+u_narrow)(1+u) - 1 for a double rounding, w = v (1+omega),
    /// omega = 2u (4/u_narrow + 1) for what a double rounding may exceed the smaller operand by, and alpha the underflow.
    /// </summary>
    private static double AnyOrder(double n, double sum, double rounding, double roundoff, double underflow)
    {
        double v = roundoff + U + (roundoff * U);
        double w = v * (1 + (2 * U * ((4 / roundoff) + 1)));
        double magnitude = (1 + rounding) * sum;
        return ((n - 1) * w * (((1 + v) * magnitude) + (n * underflow)))
            + (v * magnitude) + (n * underflow) + (rounding * sum);
    }
}

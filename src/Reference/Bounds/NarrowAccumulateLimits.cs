namespace Spanker.Conformance.Reference;

/// <summary>Classes f16-accumulate and bf16-accumulate: a formula that grows with n, which is counted, and with S.</summary>
internal sealed class NarrowAccumulateLimits(ArithmeticClaim claim) : ClassLimits
{
    private const double U = ErrorBound.SingleRoundoff;

    private readonly bool isF16 = claim.Class == ArithmeticClass.F16Accumulate;

    /// <inheritdoc/>
    public override int Sums => 1;

    /// <inheritdoc/>
    public override bool AsksForUnits => true;

    /// <summary>IEEE 754 decides, unless the finite products lie outside the domain of binary16.</summary>
    public override BoundLimits OfNonFinite => isF16 ? BoundLimits.Unknown : BoundLimits.Zero;

    /// <inheritdoc/>
    public override BoundLimits OfFinite(in ElementTerms element)
    {
        SumRange magnitude = element.Magnitude;
        bool? isExact = IsExact(element);
        long n = element.NonzeroProducts;
        double rounding = claim.Weights == WeightDefinition.Rational && element.RoundsInDecode ? (2 + U) * U : 0;
        double lower = isExact == false && n > 0 ? Formula(n, magnitude.Lower, rounding) : 0;
        double upper = isExact == true || n == 0 ? 0 : Formula(n, magnitude.Upper, rounding);
        if (isF16 && magnitude.Upper + upper >= NarrowAccumulateErrorBound.LargestF16)
        {
            return magnitude.Lower + lower >= NarrowAccumulateErrorBound.LargestF16 * (1 + BoundLimits.Slack) ? BoundLimits.NotExercised : BoundLimits.Unknown;
        }

        return BoundLimits.Of(lower, upper, magnitude);
    }

    private double Formula(long n, double magnitude, double rounding) => isF16
        ? NarrowAccumulateErrorBound.F16(n, magnitude, rounding)
        : NarrowAccumulateErrorBound.Bf16(n, magnitude, rounding);

    private bool? IsExact(in ElementTerms element)
    {
        if (!isF16)
        {
            return element.IsExactInAnyOrder(NarrowAccumulateErrorBound.SignificandBitsBf16);
        }

        bool? fits = element.IsExactInAnyOrder(NarrowAccumulateErrorBound.SignificandBitsF16);
        bool isFine = element.MostUnitExponent < NarrowAccumulateErrorBound.SmallestExponentF16;
        return fits == false || isFine ? false
            : fits == true && element.LeastUnitExponent >= NarrowAccumulateErrorBound.SmallestExponentF16 ? true
            : null;
    }
}

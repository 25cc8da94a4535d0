namespace Spanker.Conformance.Reference;

/// <summary>Classes f16-accumulate and bf16-accumulate: a formula that grows with n, which is counted, and with S.</summary>
internal sealed class NarrowAccumulateLimits(ArithmeticClaim claim) : ClassLimits
{
    private readonly bool isF16 = claim.Class == ArithmeticClass.F16Accumulate;

    /// <inheritdoc/>
    public override int Sums => 1;

    /// <inheritdoc/>
    public override bool AsksForUnits => true;

    /// <summary>IEEE 754 decides, unless the finite products lie outside the domain of binary16.</summary>
    public override BoundLimits OfNonFinite(in ElementTerms element)
    {
        (double lower, double upper) = Formula(element);
        return BeyondDomain(element.Magnitude, lower, upper) ?? BoundLimits.Zero;
    }

    /// <inheritdoc/>
    public override BoundLimits OfFinite(in ElementTerms element)
    {
        (double lower, double upper) = Formula(element);
        return BeyondDomain(element.Magnitude, lower, upper) ?? BoundLimits.Of(lower, upper, element.Magnitude);
    }

    private BoundLimits? BeyondDomain(SumRange magnitude, double lower, double upper) =>
        !isF16 || (magnitude.Upper + upper) * (1 + BoundLimits.Slack) < NarrowAccumulateErrorBound.LargestF16 ? null
        : (magnitude.Lower + lower) * (1 - BoundLimits.Slack) >= NarrowAccumulateErrorBound.LargestF16 ? BoundLimits.NotExercised
        : BoundLimits.Unknown;

    private (double Lower, double Upper) Formula(in ElementTerms element)
    {
        bool? isExact = IsExact(element);
        long n = element.NonzeroProducts;
        double rounding = ErrorBound.WeightRounding(claim.Weights == WeightDefinition.Rational && element.RoundsInDecode);
        return (
            isExact == false && n > 0 ? Formula(n, element.Magnitude.Lower, rounding) : 0,
            isExact == true || n == 0 ? 0 : Formula(n, element.Magnitude.Upper, rounding));
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

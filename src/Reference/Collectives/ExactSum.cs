namespace Spanker.Conformance.Reference;

/// <summary>The exact sum of one element over the cards, and the exact quotient that Avg means: integers in units of 2^-149, rounded once.</summary>
/// <remarks>
/// A finite binary32 is an integer below 2^277 in that unit. Infinities and NaNs are classed in the extended reals: NaN where some value is, or
/// where infinities of both signs occur. docs/collectives-numerics.md, section 3.
/// </remarks>
public sealed class ExactSum
{
    /// <summary>The most values that are added.</summary>
    public const int MaxTerms = ReductionTree.MaxCards;

    // Bits below the unit in which quotients and bounds are computed: binary64 rounds them far above.
    internal const int FractionBits = 64;
    internal const int FractionExponent = SingleUnits.Exponent - FractionBits;

    private readonly Int384 sum;
    private readonly int commonBits;

    private ExactSum(ExactValueKind kind, int terms, Int384 sum, Int384 magnitude, int commonBits)
    {
        (Kind, Terms) = (kind, terms);
        (this.sum, MagnitudeUnits, this.commonBits) = (sum, magnitude, commonBits);
    }

    /// <summary>What the sum is in the extended reals.</summary>
    public ExactValueKind Kind { get; }

    /// <summary>N, the number of values.</summary>
    public int Terms { get; }

    /// <summary>S = sum |x_i| over the finite values, rounded up to binary64.</summary>
    public double Magnitude => MagnitudeUnits.Up(SingleUnits.Exponent);

    /// <summary>
    /// Whether no binary32 addition of these values can round, in whatever order and by whatever tree: all are finite, S &lt;= 2^24 g with g the greatest
    /// power of two that divides every value, and S is not beyond the largest finite number.
    /// </summary>
    public bool IsExactInAnyOrder => Kind == ExactValueKind.Finite
        && MagnitudeUnits.CompareTo(Int384.Of(1, commonBits + SingleUnits.SignificandBits)) <= 0
        && !CanOverflow(depth: 0);

    /// <summary>S in units of 2^-149.</summary>
    internal Int384 MagnitudeUnits { get; }

    /// <summary>Adds one value a card.</summary>
    /// <param name="terms">x_i, 1 to 64 of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are none, or too many.</exception>
    public static ExactSum Of(ReadOnlySpan<float> terms)
    {
        ArgumentOutOfRangeException.ThrowIfZero(terms.Length, nameof(terms));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(terms.Length, MaxTerms, nameof(terms));
        Int384 sum = default;
        Int384 magnitude = default;
        int commonBits = int.MaxValue;
        bool hasNaN = false;
        bool hasPositiveInfinity = false;
        bool hasNegativeInfinity = false;
        foreach (float term in terms)
        {
            hasNaN |= float.IsNaN(term);
            hasPositiveInfinity |= float.IsPositiveInfinity(term);
            hasNegativeInfinity |= float.IsNegativeInfinity(term);
            if (float.IsFinite(term) && term != 0)
            {
                Int384 units = SingleUnits.Of(term);
                sum += units;
                magnitude += units.Magnitude;
                commonBits = Math.Min(commonBits, units.Magnitude.TrailingZeroCount);
            }
        }

        ExactValueKind kind = hasNaN || (hasPositiveInfinity && hasNegativeInfinity) ? ExactValueKind.NaN
            : hasPositiveInfinity ? ExactValueKind.PositiveInfinity
            : hasNegativeInfinity ? ExactValueKind.NegativeInfinity
            : ExactValueKind.Finite;
        return new ExactSum(kind, terms.Length, sum, magnitude, magnitude.IsZero ? 0 : commonBits);
    }

    /// <summary>The sum rounded once to binary32, to nearest, ties to even; infinite where it lies at or beyond 2^128 - 2^103. An exact zero is +0.</summary>
    public float ToSingle() => Kind == ExactValueKind.Finite ? SingleUnits.Round(sum, SingleUnits.Exponent) : NonFinite();

    /// <summary>The exact quotient sum / N rounded once to binary32.</summary>
    public float Average()
    {
        if (Kind != ExactValueKind.Finite)
        {
            return NonFinite();
        }

        // A tie is a multiple of half a unit, and a quotient by N that is none is at least 1 / 2N away: what is cut off cannot make one.
        Int384 quotient = Int384.DivRem(sum.Magnitude << FractionBits, (uint)Terms).Quotient;
        return SingleUnits.Round(sum.IsNegative ? -quotient : quotient, FractionExponent);
    }

    /// <summary>|actual - sum|, rounded down to binary64; 0 for the same infinity or a NaN for a NaN, and infinite where else one of them is not finite.</summary>
    public double Error(float actual) => AreFinite(actual)
        ? (SingleUnits.Of(actual) - sum).Magnitude.Down(SingleUnits.Exponent)
        : NonFiniteError(actual);

    /// <summary>|actual - sum / N|, rounded down to binary64; 0 for the same infinity or a NaN for a NaN, and infinite where else one of them is not finite.</summary>
    public double AverageError(float actual) => AreFinite(actual)
        ? AverageDistance(actual).Quotient.Down(FractionExponent)
        : NonFiniteError(actual);

    /// <summary>
    /// Whether some addition in a tree of that depth might overflow: S (1 + gamma_h) exceeds the largest finite number, that is, 2^24 S &gt; (2^24 - h) max.
    /// Only finite values count.
    /// </summary>
    internal bool CanOverflow(int depth)
    {
        const ulong One = 1UL << SingleUnits.SignificandBits;
        (uint significand, int shift) = SingleUnits.Decompose(float.MaxValue);
        var limit = Int384.Of(significand * (One - (ulong)depth), shift);
        return (MagnitudeUnits << SingleUnits.SignificandBits).CompareTo(limit) > 0;
    }

    /// <summary>|<see cref="Average"/> - sum / N|, rounded up to binary64: what one rounding of the quotient costs.</summary>
    internal double AverageRoundingUp()
    {
        (Int384 quotient, uint remainder) = AverageDistance(Average());
        return (remainder == 0 ? quotient : quotient + Int384.Of(1, 0)).Up(FractionExponent);
    }

    private (Int384 Quotient, uint Remainder) AverageDistance(float actual)
    {
        Int384 difference = (SingleUnits.Of(MathF.Abs(actual)) * (uint)Terms) - (actual < 0 ? -sum : sum);
        return Int384.DivRem(difference.Magnitude << FractionBits, (uint)Terms);
    }

    private bool AreFinite(float actual) => Kind == ExactValueKind.Finite && float.IsFinite(actual);

    private double NonFiniteError(float actual) => Kind != ExactValueKind.Finite && NonFinite().Equals(actual) ? 0 : double.PositiveInfinity;

    private float NonFinite() => Kind switch
    {
        ExactValueKind.PositiveInfinity => float.PositiveInfinity,
        ExactValueKind.NegativeInfinity => float.NegativeInfinity,
        _ => float.NaN,
    };
}

namespace Spanker.Conformance.Reference;

/// <summary>What <see cref="ErrorBound.For"/> says to an element, between two proved limits; docs/numerics.md, section 9.</summary>
/// <param name="Lower">Not above the bound; infinite only where the claim is surely not exercised.</param>
/// <param name="Upper">Not below the bound, so that a finite one tells that the claim is exercised.</param>
/// <param name="LeastMagnitude">Not above S = sum |a_i b_i|.</param>
/// <param name="MostMagnitude">Not below S rounded up to binary64.</param>
public readonly record struct BoundLimits(double Lower, double Upper, double LeastMagnitude, double MostMagnitude)
{
    /// <summary>
    /// What binary64 may do to a bound and to its limits: <see cref="ErrorBound.For"/> inflates sums over k &lt;= 2^16 products by less than 2^-33 and formulas
    /// by 2^-40, and the roundings of a limit's own formula are fewer than 2^10.
    /// </summary>
    internal const double Slack = 1.0 / (1 << 30);

    /// <summary>Nothing is known.</summary>
    internal static BoundLimits Unknown { get; } = new(0, double.PositiveInfinity, 0, double.PositiveInfinity);

    /// <summary>The claim is not exercised.</summary>
    internal static BoundLimits NotExercised { get; } = new(double.PositiveInfinity, double.PositiveInfinity, 0, double.PositiveInfinity);

    /// <summary>The bound is 0: nothing can round, or the exact value is infinite or NaN.</summary>
    internal static BoundLimits Zero { get; } = new(0, 0, 0, double.PositiveInfinity);

    /// <summary>Limits of a class's formula as limits of the bound, which is infinite where it reaches S.</summary>
    internal static BoundLimits Of(double lower, double upper, SumRange magnitude)
    {
        lower *= 1 - Slack;
        upper *= 1 + Slack;
        bool isExercised = upper < magnitude.Lower || (upper == 0 && magnitude.Upper == 0);
        bool saysNothing = lower > 0 && lower >= magnitude.Upper;
        return new BoundLimits(
            saysNothing ? double.PositiveInfinity : lower, isExercised ? upper : double.PositiveInfinity, magnitude.Lower, magnitude.Upper);
    }
}

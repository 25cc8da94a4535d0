using System.Numerics;

namespace Spanker.Conformance.Reference;

/// <summary>
/// An exact dot product of Q4_K rows: <c>Units * 2^-48</c>, or what stands in its place where a weight is not finite.
/// </summary>
/// <param name="Kind">Whether the value is finite; <paramref name="Units"/> counts only then.</param>
/// <param name="Units">The value in units of 2^-48.</param>
/// <remarks>Source: CONTRACT NUM-2 and NUM-4; docs/numerics.md, section 2.</remarks>
public readonly record struct ExactValue(ExactValueKind Kind, Int128 Units)
{
    /// <summary>The exponent of the unit: every product of two weights is an integer multiple of 2^-48.</summary>
    public const int UnitExponent = -48;

    private const int SingleSignificandBits = 24;
    private const int SingleMinimumExponent = -149;
    private const int SingleExponentBias = 127;

    /// <summary>A finite value of so many units of 2^-48.</summary>
    public static ExactValue Finite(Int128 units) => new(ExactValueKind.Finite, units);

    /// <summary>The sum in the extended reals: NaN with NaN, and for infinities of both signs.</summary>
    /// <remarks>Finite sums stay below 2^127 as long as they belong to a row of at most 2^27 products.</remarks>
    public static ExactValue Sum(ExactValue left, ExactValue right)
    {
        if (left.IsFinite && right.IsFinite)
        {
            return Finite(left.Units + right.Units);
        }

        return left.IsFinite || left.Kind == right.Kind ? new ExactValue(right.Kind, 0)
            : right.IsFinite ? new ExactValue(left.Kind, 0)
            : new ExactValue(ExactValueKind.NaN, 0);
    }

    /// <summary>Whether the value is a number.</summary>
    public bool IsFinite => Kind == ExactValueKind.Finite;

    /// <summary>|value| in units of 2^-48.</summary>
    public UInt128 MagnitudeUnits => Units < 0 ? unchecked((UInt128)(-Units)) : (UInt128)Units;

    /// <summary>The value rounded once to binary32, to nearest, ties to even. Zero is +0.</summary>
    /// <remarks>A nonzero value lies between 2^-48 and 2^79, so the result is never subnormal and never overflows.</remarks>
    public float ToSingle() => Kind switch
    {
        ExactValueKind.Finite => RoundToNearestEven(Units < 0, MagnitudeUnits),
        ExactValueKind.PositiveInfinity => float.PositiveInfinity,
        ExactValueKind.NegativeInfinity => float.NegativeInfinity,
        _ => float.NaN,
    };

    /// <summary>Whether a binary32 is the correctly rounded value; zeros of either sign are equal, and so is any NaN to any NaN.</summary>
    public bool IsCorrectlyRounded(float actual) => ToSingle().Equals(actual) || (actual == 0 && ToSingle() == 0);

    /// <summary>
    /// A lower bound of <c>|actual - value|</c>, the exact difference rounded down to binary64: 0 only if it is below 2^-1074.
    /// A NaN or infinity where the value is something else is infinitely wrong; NaN for NaN, or the same infinity, is no error.
    /// </summary>
    public double Error(float actual)
    {
        if (!IsFinite || !float.IsFinite(actual))
        {
            return ToSingle().Equals(actual) ? 0 : double.PositiveInfinity;
        }

        (int significand, int exponent) = Decompose(actual);
        int shift = exponent - UnitExponent;
        // Below 2^125 units each, and on the grid: the common case fits into 128 bits with room for the difference.
        if (shift is >= 0 and <= 100 && MagnitudeUnits >> 125 == 0)
        {
            return DirectedRounding.Down((UInt128)Int128.Abs(((Int128)significand << shift) - Units), UnitExponent);
        }

        BigInteger difference = ((BigInteger)significand << (exponent - SingleMinimumExponent))
            - ((BigInteger)Units << (UnitExponent - SingleMinimumExponent));
        return DirectedRounding.Down(BigInteger.Abs(difference), SingleMinimumExponent);
    }

    private static float RoundToNearestEven(bool isNegative, UInt128 magnitude)
    {
        if (magnitude == 0)
        {
            return 0;
        }

        int length = 128 - (int)UInt128.LeadingZeroCount(magnitude);
        int excessBits = length - SingleSignificandBits;
        ulong significand;
        if (excessBits <= 0)
        {
            significand = (ulong)magnitude << -excessBits;
        }
        else
        {
            significand = (ulong)(magnitude >> excessBits);
            UInt128 remainder = magnitude - ((UInt128)significand << excessBits);
            UInt128 half = UInt128.One << (excessBits - 1);
            if (remainder > half || (remainder == half && (significand & 1) == 1))
            {
                significand++;
            }
        }

        // The significand holds its leading one, which adds one to the exponent field; a carry to 2^24 adds one more, as it must.
        int leadingExponent = length - 1 + UnitExponent;
        uint bits = (uint)(((ulong)(leadingExponent + SingleExponentBias - 1) << (SingleSignificandBits - 1)) + significand);
        return BitConverter.UInt32BitsToSingle(isNegative ? bits | 0x8000_0000u : bits);
    }

    /// <summary>A finite binary32 as <c>Significand * 2^Exponent</c>.</summary>
    private static (int Significand, int Exponent) Decompose(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        int field = (int)(bits >> 23) & 0xFF;
        int fraction = (int)(bits & 0x7F_FFFF);
        int significand = field == 0 ? fraction : fraction | 0x80_0000;
        return (value < 0 ? -significand : significand, Math.Max(field, 1) - SingleExponentBias - (SingleSignificandBits - 1));
    }
}

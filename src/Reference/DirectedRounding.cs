using System.Numerics;

namespace Spanker.Conformance.Reference;

/// <summary>
/// Integers times a power of two as binary64, rounded in a known direction: errors are rounded down and bounds up,
/// so that no verdict rests on the rounding of the judge.
/// </summary>
internal static class DirectedRounding
{
    private const int DoubleSignificandBits = 53;

    /// <summary>The largest binary64 that does not exceed <c>value * 2^exponent</c>.</summary>
    public static double Down(UInt128 value, int exponent)
    {
        int excessBits = ExcessBits(value);
        return Math.ScaleB((ulong)(value >> excessBits), exponent + excessBits);
    }

    /// <summary>The smallest binary64 that is not below <c>value * 2^exponent</c>.</summary>
    public static double Up(UInt128 value, int exponent)
    {
        int excessBits = ExcessBits(value);
        UInt128 leading = value >> excessBits;
        bool isExact = (leading << excessBits) == value;
        return Math.ScaleB((ulong)leading + (isExact ? 0UL : 1UL), exponent + excessBits);
    }

    /// <summary>The largest binary64 that does not exceed <c>value * 2^exponent</c>, for a value of any length.</summary>
    public static double Down(BigInteger value, int exponent)
    {
        int excessBits = (int)Math.Max(0, value.GetBitLength() - DoubleSignificandBits);
        return Math.ScaleB((ulong)(value >> excessBits), exponent + excessBits);
    }

    private static int ExcessBits(UInt128 value) =>
        Math.Max(0, 128 - (int)UInt128.LeadingZeroCount(value) - DoubleSignificandBits);
}

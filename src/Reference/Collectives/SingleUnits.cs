namespace Spanker.Conformance.Reference;

/// <summary>Binary32 as integers of units of 2^-149, the smallest subnormal, and back.</summary>
internal static class SingleUnits
{
    /// <summary>The exponent of the unit.</summary>
    public const int Exponent = -149;

    /// <summary>Significand bits of binary32.</summary>
    public const int SignificandBits = 24;

    /// <summary>A finite value is <c>Significand * 2^Shift</c> units in magnitude; <c>Shift</c> is 0 to 253.</summary>
    public static (uint Significand, int Shift) Decompose(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        uint fraction = bits & 0x7F_FFFF;
        int field = (int)(bits >> (SignificandBits - 1)) & 0xFF;
        return field == 0 ? (fraction, 0) : (fraction | 0x80_0000, field - 1);
    }

    /// <summary>A finite value in units.</summary>
    public static Int384 Of(float value)
    {
        (uint significand, int shift) = Decompose(value);
        var magnitude = Int384.Of(significand, shift);
        return value < 0 ? -magnitude : magnitude;
    }

    /// <summary><c>value * 2^exponent</c> rounded to the nearest binary32, ties to even; infinite from 2^128 - 2^103 on. Zero is +0.</summary>
    /// <param name="value">The integer.</param>
    /// <param name="exponent">Its unit, at most that of the smallest subnormal.</param>
    public static float Round(Int384 value, int exponent)
    {
        Int384 magnitude = value.Magnitude;
        int lastPlace = Math.Max(magnitude.BitLength + exponent - SignificandBits, Exponent);
        int excessBits = lastPlace - exponent;
        ulong significand = magnitude.Bits(excessBits);
        if (excessBits > 0)
        {
            bool reachesHalf = (magnitude.Bits(excessBits - 1) & 1) != 0;
            bool isTie = magnitude.TrailingZeroCount == excessBits - 1;
            bool isOdd = (significand & 1) != 0;
            significand += reachesHalf && (!isTie || isOdd) ? 1UL : 0UL;
        }

        // At most 2^24 times a power of two: binary64 holds it, and the conversion to binary32 is exact or infinite.
        var rounded = (float)Math.ScaleB(significand, lastPlace);
        return value.IsNegative ? -rounded : rounded;
    }
}

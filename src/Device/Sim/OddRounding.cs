namespace Spanker.Conformance.Device;

/// <summary>Rounds an exact sum, an integer in units of 2^-48, to binary32, to nearest even.</summary>
/// <remarks>
/// The integer goes to binary64 by rounding to odd (a cut with the lost bits remembered in the last one kept), then to binary32 by the
/// conversion of the machine. With 53 >= 24 + 2 bits in between the result is that of a single rounding: an odd last bit is never
/// a binary32 value nor a midpoint of two. Source: Boldo and Melquiond, "Emulation of FMA and correctly rounded sums: proved algorithms using rounding to odd", 2008.
/// </remarks>
internal static class OddRounding
{
    private const int UnitExponent = -48;
    private const int DoubleBits = 53;

    /// <summary>The binary32 nearest to <paramref name="units"/> * 2^-48.</summary>
    public static float ToBinary32(Int128 units)
    {
        bool negative = Int128.IsNegative(units);
        UInt128 magnitude = (UInt128)(negative ? -units : units);
        int excess = Math.Max(0, 128 - (int)UInt128.LeadingZeroCount(magnitude) - DoubleBits);
        ulong kept = (ulong)(magnitude >> excess);
        if (magnitude != (UInt128)kept << excess)
        {
            kept |= 1;
        }

        double value = Math.ScaleB((double)kept, excess + UnitExponent);
        return (float)(negative ? -value : value);
    }
}

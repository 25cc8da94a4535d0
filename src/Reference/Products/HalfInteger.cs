namespace Spanker.Conformance.Reference;

/// <summary>A finite binary16 as an odd integer times a power of two: <c>Significand * 2^(Exponent - 24)</c>; zero has exponent 0.</summary>
/// <param name="Significand">At most 2047 in magnitude.</param>
/// <param name="Exponent">In units of 2^-24, 0 to 39.</param>
internal readonly record struct HalfInteger(int Significand, int Exponent)
{
    private const int FractionBits = 10;
    private const int ExponentMask = 0x1f;

    /// <summary>Reads the bits of a binary16, or says that it is infinite or NaN.</summary>
    public static bool TryRead(ushort bits, out HalfInteger value)
    {
        int field = (bits >> FractionBits) & ExponentMask;
        int fraction = bits & ((1 << FractionBits) - 1);
        int magnitude = field == 0 ? fraction : fraction | (1 << FractionBits);
        int zeros = magnitude == 0 ? 0 : int.TrailingZeroCount(magnitude);
        int odd = magnitude >> zeros;
        value = new HalfInteger(
            (bits & 0x8000) != 0 ? -odd : odd,
            magnitude == 0 ? 0 : Math.Max(field, 1) - 1 + zeros);
        return field != ExponentMask;
    }
}

namespace Spanker.Conformance.Suite;

/// <summary>Binary16 bit patterns by their parts.</summary>
public static class HalfBits
{
    /// <summary>1.0.</summary>
    public const ushort One = 0x3C00;

    /// <summary>Positive infinity.</summary>
    public const ushort PositiveInfinity = 0x7C00;

    /// <summary>A quiet NaN.</summary>
    public const ushort NaN = 0x7E00;

    /// <summary>(1 + fraction/1024) * 2^exponent, positive and normal.</summary>
    /// <param name="exponent">From -14 to 15.</param>
    /// <param name="fraction">From 0 to 1023.</param>
    public static ushort Normal(int exponent, int fraction = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(exponent, -14);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(exponent, 15);
        ArgumentOutOfRangeException.ThrowIfNegative(fraction);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fraction, 1023);
        return (ushort)(((exponent + 15) << 10) | fraction);
    }

    /// <summary>The pattern with its sign bit set.</summary>
    public static ushort Negative(ushort bits) => (ushort)(bits | 0x8000);
}

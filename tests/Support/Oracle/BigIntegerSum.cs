using System.Numerics;

namespace Spanker.Conformance.Tests.Support;

/// <summary>Sums and quotients of binary32 values by BigInteger, rounded by looking for the two neighbours. Shares no code with the product.</summary>
public static class BigIntegerSum
{
    private const int Infinity = 0x7F80_0000;

    /// <summary>A finite binary32 in units of 2^-149, by its definition; an infinity as the number 2^128 that it is rounded from.</summary>
    public static BigInteger Units(float value)
    {
        BigInteger magnitude = UnitsOfBits(BitConverter.SingleToInt32Bits(value) & int.MaxValue);
        return float.IsNegative(value) ? -magnitude : magnitude;
    }

    /// <summary>The sum of finite values in units of 2^-149.</summary>
    public static BigInteger Sum(IEnumerable<float> terms) => terms.Aggregate(BigInteger.Zero, (sum, term) => sum + Units(term));

    /// <summary>
    /// The binary32 nearest to units / divisor * 2^-149, of two as near the one whose last bit is 0. IEEE 754 rounds to infinity as if it were
    /// the next number, 2^128. Zero is +0.
    /// </summary>
    public static float Round(BigInteger units, int divisor = 1)
    {
        BigInteger target = BigInteger.Abs(units);
        (int low, int high) = (0, Infinity);
        while (low < high)
        {
            int middle = low + ((high - low + 1) / 2);
            (low, high) = UnitsOfBits(middle) * divisor <= target ? (middle, high) : (low, middle - 1);
        }

        if (low < Infinity)
        {
            int order = (2 * target).CompareTo((UnitsOfBits(low) + UnitsOfBits(low + 1)) * divisor);
            low += order > 0 || (order == 0 && low % 2 == 1) ? 1 : 0;
        }

        float magnitude = BitConverter.Int32BitsToSingle(low);
        return units.Sign < 0 ? -magnitude : magnitude;
    }

    private static BigInteger UnitsOfBits(int bits)
    {
        int exponent = bits / 0x80_0000;
        return exponent == 0 ? bits : new BigInteger(0x80_0000 + (bits % 0x80_0000)) << (exponent - 1);
    }
}

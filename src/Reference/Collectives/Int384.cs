using System.Numerics;
using System.Runtime.CompilerServices;

namespace Spanker.Conformance.Reference;

/// <summary>
/// A signed integer of 384 bits, two's complement: wide enough for the exact sum of 64 binary32 values in units of 2^-149, below 2^283, times
/// what a bound or a quotient multiplies it with, below 2^100.
/// </summary>
internal readonly struct Int384 : IComparable<Int384>
{
    private const int LimbCount = 6;
    private const int LimbBits = 64;
    private const int DoubleSignificandBits = 53;

    private readonly Limbs limbs;

    private Int384(Limbs limbs) => this.limbs = limbs;

    public bool IsNegative => (limbs[LimbCount - 1] >> (LimbBits - 1)) != 0;

    public bool IsZero => BitLength == 0;

    public Int384 Magnitude => IsNegative ? -this : this;

    /// <summary>Bits of a value that is not negative, without leading zeros.</summary>
    public int BitLength
    {
        get
        {
            for (int limb = LimbCount - 1; limb >= 0; limb--)
            {
                if (limbs[limb] != 0)
                {
                    return ((limb + 1) * LimbBits) - BitOperations.LeadingZeroCount(limbs[limb]);
                }
            }

            return 0;
        }
    }

    /// <summary>Zero bits below the lowest one that is set; 384 for zero.</summary>
    public int TrailingZeroCount
    {
        get
        {
            for (int limb = 0; limb < LimbCount; limb++)
            {
                if (limbs[limb] != 0)
                {
                    return (limb * LimbBits) + BitOperations.TrailingZeroCount(limbs[limb]);
                }
            }

            return LimbCount * LimbBits;
        }
    }

    /// <summary><c>value * 2^shift</c>.</summary>
    public static Int384 Of(ulong value, int shift)
    {
        Limbs single = default;
        single[0] = value;
        return new Int384(single) << shift;
    }

    public static Int384 operator +(Int384 x, Int384 y)
    {
        Limbs sum = default;
        ulong carry = 0;
        for (int limb = 0; limb < LimbCount; limb++)
        {
            ulong partial = unchecked(x.limbs[limb] + carry);
            sum[limb] = unchecked(partial + y.limbs[limb]);
            carry = partial < carry || sum[limb] < partial ? 1UL : 0UL;
        }

        return new Int384(sum);
    }

    public static Int384 operator -(Int384 x)
    {
        Limbs complement = default;
        for (int limb = 0; limb < LimbCount; limb++)
        {
            complement[limb] = ~x.limbs[limb];
        }

        return new Int384(complement) + Of(1, 0);
    }

    public static Int384 operator -(Int384 x, Int384 y) => x + -y;

    /// <summary>A value that is not negative times a factor; the product must fit.</summary>
    public static Int384 operator *(Int384 x, uint factor)
    {
        Limbs product = default;
        ulong carry = 0;
        for (int limb = 0; limb < LimbCount; limb++)
        {
            ulong high = Math.BigMul(x.limbs[limb], factor, out ulong low);
            product[limb] = unchecked(low + carry);
            carry = high + (product[limb] < carry ? 1UL : 0UL);
        }

        return new Int384(product);
    }

    /// <summary>A value that is not negative times 2^bits; the product must fit.</summary>
    public static Int384 operator <<(Int384 x, int bits)
    {
        (int limbShift, int bitShift) = Math.DivRem(bits, LimbBits);
        Limbs shifted = default;
        for (int limb = LimbCount - 1; limb >= limbShift; limb--)
        {
            ulong below = limb > limbShift && bitShift > 0 ? x.limbs[limb - limbShift - 1] >> (LimbBits - bitShift) : 0;
            shifted[limb] = (x.limbs[limb - limbShift] << bitShift) | below;
        }

        return new Int384(shifted);
    }

    /// <summary>A value that is not negative, divided; the quotient is rounded down.</summary>
    public static (Int384 Quotient, uint Remainder) DivRem(Int384 x, uint divisor)
    {
        Limbs quotient = default;
        ulong remainder = 0;
        for (int limb = LimbCount - 1; limb >= 0; limb--)
        {
            // By halves: a remainder below 2^32 and 32 bits fit into one machine division.
            (ulong upper, remainder) = Math.DivRem((remainder << 32) | (x.limbs[limb] >> 32), divisor);
            (ulong lower, remainder) = Math.DivRem((remainder << 32) | (x.limbs[limb] & uint.MaxValue), divisor);
            quotient[limb] = (upper << 32) | lower;
        }

        return (new Int384(quotient), (uint)remainder);
    }

    /// <summary>The 64 bits from <paramref name="bit"/> up, of a value that is not negative.</summary>
    public ulong Bits(int bit)
    {
        (int limb, int offset) = Math.DivRem(bit, LimbBits);
        ulong low = limb < LimbCount ? limbs[limb] >> offset : 0;
        return offset > 0 && limb + 1 < LimbCount ? low | (limbs[limb + 1] << (LimbBits - offset)) : low;
    }

    public int CompareTo(Int384 other)
    {
        Int384 difference = this - other;
        return difference.IsNegative ? -1 : difference.IsZero ? 0 : 1;
    }

    /// <summary>The largest binary64 that does not exceed a value that is not negative times 2^exponent, which is never subnormal here.</summary>
    public double Down(int exponent)
    {
        int excessBits = Math.Max(0, BitLength - DoubleSignificandBits);
        return Math.ScaleB(Bits(excessBits), exponent + excessBits);
    }

    /// <summary>The smallest binary64 that is not below a value that is not negative times 2^exponent.</summary>
    public double Up(int exponent)
    {
        int excessBits = Math.Max(0, BitLength - DoubleSignificandBits);
        bool isExact = TrailingZeroCount >= excessBits;
        return Math.ScaleB(Bits(excessBits) + (isExact ? 0UL : 1UL), exponent + excessBits);
    }

    [InlineArray(LimbCount)]
    private struct Limbs
    {
        private ulong lowest;
    }
}

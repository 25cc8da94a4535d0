using System.Buffers.Binary;
using System.Numerics;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Device;

/// <summary>Operand bytes from a counter hash, and what they mean in big integers, read from the bytes by this file's own reading of the format.</summary>
internal static class SimOperands
{
    /// <summary>The unit of a weight's integer: 2^-24.</summary>
    public const int WeightExponent = -24;

    /// <summary>SplitMix64 of a counter: the same bytes on every machine.</summary>
    public static ulong Hash(ulong counter)
    {
        unchecked
        {
            ulong z = (counter + 1) * 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>Blocks of random bytes; d and dmin are normal, with exponent fields from <paramref name="lowExponent"/> on, <paramref name="exponents"/> of them.</summary>
    public static byte[] Blocks(ulong seed, int count, int lowExponent, int exponents)
    {
        byte[] bytes = new byte[count * 144];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(Hash((seed << 32) + (ulong)i) >> 56);
        }

        for (int block = 0; block < count; block++)
        {
            for (int field = 0; field < 2; field++)
            {
                ulong random = Hash((seed << 32) + 0x80000000 + (ulong)((block * 2) + field));
                int exponent = lowExponent + (int)(random % (ulong)exponents);
                int bits = (exponent << 10) | (int)((random >> 32) & 0x3ff) | (int)((random >> 60) << 15 & 0x8000);
                BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan((block * 144) + (field * 2)), (ushort)bits);
            }
        }

        return bytes;
    }

    /// <summary>Weight <paramref name="index"/> of a row as an integer in units of 2^-24, unrounded.</summary>
    public static BigInteger RationalWeight(ReadOnlySpan<byte> row, int index) => Scaled(row, index) - Minimum(row, index);

    /// <summary>|d sc q| + |dmin m| in units of 2^-24.</summary>
    public static BigInteger SeparateMagnitude(ReadOnlySpan<byte> row, int index) =>
        BigInteger.Abs(Scaled(row, index)) + BigInteger.Abs(Minimum(row, index));

    /// <summary>The same weight rounded to 24 significant bits, ties to even, still in units of 2^-24.</summary>
    public static BigInteger RoundedWeight(ReadOnlySpan<byte> row, int index)
    {
        BigInteger weight = RationalWeight(row, index);
        BigInteger magnitude = BigInteger.Abs(weight);
        BigInteger step = BigInteger.One;
        while (magnitude / step >= 1 << 24)
        {
            step *= 2;
        }

        BigInteger down = magnitude / step;
        BigInteger twiceRest = 2 * (magnitude - (down * step));
        BigInteger rounded = (twiceRest > step || (twiceRest == step && !down.IsEven) ? down + 1 : down) * step;
        return weight.Sign * rounded;
    }

    /// <summary>The integer of a finite float in units of 2^<paramref name="exponent"/>, which must divide it.</summary>
    public static BigInteger Units(float value, int exponent)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        int field = (int)(bits >> 23) & 0xff;
        BigInteger significand = (bits & 0x7fffff) | (field == 0 ? 0u : 0x800000u);
        int shift = Math.Max(field, 1) - 150 - exponent;
        Assert.True(shift >= 0, "the unit must divide the value");
        return (bits >> 31 == 0 ? 1 : -1) * (significand << shift);
    }

    private static BigInteger Scaled(ReadOnlySpan<byte> row, int index)
    {
        ReadOnlySpan<byte> block = row.Slice(index / 256 * 144, 144);
        int within = index % 256;
        int s = within / 32;
        int packed = s < 4 ? block[4 + s] & 63 : (block[8 + s] & 15) | (block[s] >> 6 << 4);
        byte pair = block[16 + (within / 64 * 32) + (within % 32)];
        int q = s % 2 == 0 ? pair & 15 : pair >> 4;
        return HalfUnits(block) * packed * q;
    }

    private static BigInteger Minimum(ReadOnlySpan<byte> row, int index)
    {
        ReadOnlySpan<byte> block = row.Slice(index / 256 * 144, 144);
        int s = index % 256 / 32;
        int packed = s < 4 ? block[8 + s] & 63 : (block[8 + s] >> 4) | (block[4 + s] >> 6 << 4);
        return HalfUnits(block[2..]) * packed;
    }

    /// <summary>A finite binary16 as an integer in units of 2^-24.</summary>
    private static BigInteger HalfUnits(ReadOnlySpan<byte> bytes)
    {
        int bits = bytes[0] | (bytes[1] << 8);
        int field = (bits >> 10) & 31;
        BigInteger magnitude = field == 0 ? bits & 0x3ff : new BigInteger((bits & 0x3ff) | 0x400) << (field - 1);
        return (bits & 0x8000) == 0 ? magnitude : -magnitude;
    }
}

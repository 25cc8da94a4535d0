using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Spanker.Conformance.Reference;

/// <summary>The head of a super-block, for vectors: what the eight lines w = scale * q - minimum are made of.</summary>
internal static class Q4KLines
{
    /// <summary>What a block's lines take: eight scales, then eight minimums.</summary>
    public const int Count = 2 * Q4KLayout.SubBlocks;

    private const uint LowSixBits = 0x3f3f_3f3f;
    private const uint LowFourBits = 0x0f0f_0f0f;
    private const uint BitsFiveAndFour = 0x3030_3030;

    /// <summary>(d, dmin, 0, 0) in binary32, with every NaN's sign and payload.</summary>
    /// <remarks>
    /// Two conversions of <see cref="Half"/> by themselves would take a good part of a block's time. Normal numbers only move their exponent's bias
    /// from 15 to 127; subnormal ones are a 10-bit integer times 2^-24; infinities and NaNs have every exponent bit set.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> BlockScales(ref byte block)
    {
        const int MantissaShift = 23 - 10;
        const int BiasShift = (127 - 15) << 23;
        const int LeastNormal = 0x0400;
        const int Infinity = 0x7c00;

        Vector128<int> halves = Vector128.WidenLower(Vector128.CreateScalar(Word(ref block, Q4KLayout.ScaleOffset)).AsUInt16()).AsInt32();
        Vector128<int> magnitude = halves & Vector128.Create(0x7fff);
        Vector128<int> shifted = magnitude << MantissaShift;
        Vector128<int> normal = shifted + Vector128.Create(BiasShift);
        Vector128<int> subnormal = (Vector128.ConvertToSingle(magnitude) * Vector128.Create(1f / (1 << 24))).AsInt32();
        Vector128<int> special = shifted | Vector128.Create(0x7f80_0000);
        Vector128<int> finite = Vector128.ConditionalSelect(
            Vector128.LessThan(magnitude, Vector128.Create(LeastNormal)), subnormal, normal);
        Vector128<int> bits = Vector128.ConditionalSelect(
            Vector128.GreaterThanOrEqual(magnitude, Vector128.Create(Infinity)), special, finite);
        return (bits | ((halves ^ magnitude) << 16)).AsSingle();
    }

    /// <summary>Whether neither d nor dmin is an infinity or a NaN: neither has all five exponent bits set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsFinite(ref byte block)
    {
        const uint Exponents = 0x7c00_7c00;
        const uint Lowest = 0x0400_0400;

        // Unchecked: the sum does not wrap, each half is at most 0x7c00 + 0x0400.
        return unchecked(((Word(ref block, Q4KLayout.ScaleOffset) & Exponents) + Lowest) & 0x8000_8000) == 0;
    }

    /// <summary>sc[0..7], a byte each, sc[0] lowest; the packing is drawn at <see cref="Q4KBlock"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Scales(ref byte block)
    {
        uint scales = Word(ref block, Q4KLayout.PackedOffset);
        uint rest = Word(ref block, Q4KLayout.PackedOffset + 8);
        return (scales & LowSixBits) | ((ulong)((rest & LowFourBits) | ((scales >> 2) & BitsFiveAndFour)) << 32);
    }

    /// <summary>m[0..7], a byte each, m[0] lowest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Minimums(ref byte block)
    {
        uint minimums = Word(ref block, Q4KLayout.PackedOffset + 4);
        uint rest = Word(ref block, Q4KLayout.PackedOffset + 8);
        return (minimums & LowSixBits) | ((ulong)(((rest >> 4) & LowFourBits) | ((minimums >> 2) & BitsFiveAndFour)) << 32);
    }

    /// <summary>Four bytes of the block, the first lowest.</summary>
    private static uint Word(ref byte block, int offset)
    {
        uint word = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref block, offset));
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }
}

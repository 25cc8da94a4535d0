using System.Buffers.Binary;

namespace Spanker.Conformance.Reference;

/// <summary>Writes single fields of a Q4_K super-block in place. Each setter is the inverse of the getter of <see cref="Q4KBlock"/> and leaves every other field as it was.</summary>
/// <remarks>The block is exactly 144 bytes; the layout is drawn at <see cref="Q4KBlock"/> and <see cref="Q4KLayout"/>.</remarks>
public static class Q4KBlockBuilder
{
    /// <summary>Sets d, the scale of the sub-block scales.</summary>
    public static void SetD(Span<byte> block, Half value) => SetDBits(block, BitConverter.HalfToUInt16Bits(value));

    /// <summary>Sets d by its binary16 bits, so that each NaN can be named.</summary>
    public static void SetDBits(Span<byte> block, ushort bits)
    {
        ThrowIfNoBlock(block);
        BinaryPrimitives.WriteUInt16LittleEndian(block[Q4KLayout.ScaleOffset..], bits);
    }

    /// <summary>Sets dmin, the scale of the sub-block minimums.</summary>
    public static void SetDMin(Span<byte> block, Half value) => SetDMinBits(block, BitConverter.HalfToUInt16Bits(value));

    /// <summary>Sets dmin by its binary16 bits, so that each NaN can be named.</summary>
    public static void SetDMinBits(Span<byte> block, ushort bits)
    {
        ThrowIfNoBlock(block);
        BinaryPrimitives.WriteUInt16LittleEndian(block[Q4KLayout.MinimumOffset..], bits);
    }

    /// <summary>Sets sc[<paramref name="subBlock"/>] to <paramref name="value"/>, 0..63.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The sub-block is not 0..7, or the value does not fit 6 bits.</exception>
    public static void SetScale(Span<byte> block, int subBlock, int value)
    {
        ThrowIfNoBlock(block);
        Q4KBlock.ThrowIfNoSubBlock(subBlock);
        ThrowIfTooWide(value, bits: 6);
        Span<byte> packed = block.Slice(Q4KLayout.PackedOffset, Q4KLayout.PackedBytes);
        if (subBlock < 4)
        {
            SetBits(ref packed[subBlock], shift: 0, width: 6, value);
        }
        else
        {
            SetBits(ref packed[subBlock + 4], shift: 0, width: 4, value & 0b1111);
            SetBits(ref packed[subBlock - 4], shift: 6, width: 2, value >> 4);
        }
    }

    /// <summary>Sets m[<paramref name="subBlock"/>] to <paramref name="value"/>, 0..63.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The sub-block is not 0..7, or the value does not fit 6 bits.</exception>
    public static void SetMinimum(Span<byte> block, int subBlock, int value)
    {
        ThrowIfNoBlock(block);
        Q4KBlock.ThrowIfNoSubBlock(subBlock);
        ThrowIfTooWide(value, bits: 6);
        Span<byte> packed = block.Slice(Q4KLayout.PackedOffset, Q4KLayout.PackedBytes);
        if (subBlock < 4)
        {
            SetBits(ref packed[subBlock + 4], shift: 0, width: 6, value);
        }
        else
        {
            SetBits(ref packed[subBlock + 4], shift: 4, width: 4, value & 0b1111);
            SetBits(ref packed[subBlock], shift: 6, width: 2, value >> 4);
        }
    }

    /// <summary>Sets q[<paramref name="weight"/>] to <paramref name="value"/>, 0..15.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The weight is not 0..255, or the value does not fit 4 bits.</exception>
    public static void SetNibble(Span<byte> block, int weight, int value)
    {
        ThrowIfNoBlock(block);
        Q4KBlock.ThrowIfNoWeight(weight);
        ThrowIfTooWide(value, bits: 4);
        SetBits(ref block[Q4KBlock.NibbleByte(weight)], shift: Q4KBlock.IsHighNibble(weight) ? 4 : 0, width: 4, value);
    }

    private static void SetBits(ref byte target, int shift, int width, int value)
    {
        int mask = ((1 << width) - 1) << shift;
        target = (byte)((target & ~mask) | (value << shift));
    }

    private static void ThrowIfNoBlock(ReadOnlySpan<byte> block)
    {
        if (block.Length != Q4KLayout.BlockBytes)
        {
            throw new ArgumentException($"a Q4_K block is {Q4KLayout.BlockBytes} bytes, not {block.Length}", nameof(block));
        }
    }

    private static void ThrowIfTooWide(int value, int bits)
    {
        if (value < 0 || value >= 1 << bits)
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, $"the field has {bits} bits, so 0..{(1 << bits) - 1}");
        }
    }
}

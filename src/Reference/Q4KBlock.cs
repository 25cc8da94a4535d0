using System.Buffers.Binary;

namespace Spanker.Conformance.Reference;

/// <summary>A read-only view of one Q4_K super-block: 256 weights of 4 bits under eight 6-bit scales and minimums.</summary>
/// <remarks>
/// The twelve packed bytes p[0..11] (bytes 4..15 of the block), most significant bit on the left:
/// <code>
///            bits 7..6              bits 5..0
/// p[0..3]    scale 4..7, bits 5..4  scale 0..3
/// p[4..7]    minimum 4..7, bits 5..4  minimum 0..3
///            bits 7..4              bits 3..0
/// p[8..11]   minimum 4..7, bits 3..0  scale 4..7, bits 3..0
/// </code>
/// The 128 bytes of weights are four groups of 32. Byte i of group g holds weight 64g + i in its low nibble and weight 64g + 32 + i
/// in its high one, so sub-block s (weights 32s .. 32s + 31) is the low or the high half of group s / 2.
/// Source: ggml, <c>block_q4_K</c>; the field offsets are <see cref="Q4KLayout"/>.
/// </remarks>
public readonly ref struct Q4KBlock
{
    private readonly ReadOnlySpan<byte> bytes;

    /// <summary>A view of <paramref name="bytes"/>, which must be exactly one super-block.</summary>
    /// <exception cref="ArgumentException">The span is not 144 bytes long.</exception>
    public Q4KBlock(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Q4KLayout.BlockBytes)
        {
            throw new ArgumentException($"a Q4_K block is {Q4KLayout.BlockBytes} bytes, not {bytes.Length}", nameof(bytes));
        }

        this.bytes = bytes;
    }

    /// <summary>d, the scale of the sub-block scales (binary16).</summary>
    public Half D => BinaryPrimitives.ReadHalfLittleEndian(bytes[Q4KLayout.ScaleOffset..]);

    /// <summary>dmin, the scale of the sub-block minimums (binary16).</summary>
    public Half DMin => BinaryPrimitives.ReadHalfLittleEndian(bytes[Q4KLayout.MinimumOffset..]);

    /// <summary>sc[s], the scale of sub-block <paramref name="subBlock"/>, 0..63.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The sub-block is not 0..7.</exception>
    public int ScaleAt(int subBlock)
    {
        ThrowIfNoSubBlock(subBlock);
        ReadOnlySpan<byte> packed = bytes.Slice(Q4KLayout.PackedOffset, Q4KLayout.PackedBytes);
        return subBlock < 4
            ? packed[subBlock] & 0b11_1111
            : (packed[subBlock + 4] & 0b1111) | (packed[subBlock - 4] >> 6 << 4);
    }

    /// <summary>m[s], the minimum of sub-block <paramref name="subBlock"/>, 0..63.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The sub-block is not 0..7.</exception>
    public int MinimumAt(int subBlock)
    {
        ThrowIfNoSubBlock(subBlock);
        ReadOnlySpan<byte> packed = bytes.Slice(Q4KLayout.PackedOffset, Q4KLayout.PackedBytes);
        return subBlock < 4
            ? packed[subBlock + 4] & 0b11_1111
            : (packed[subBlock + 4] >> 4) | (packed[subBlock] >> 6 << 4);
    }

    /// <summary>q[i], the 4-bit value of weight <paramref name="weight"/>, 0..15.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The weight is not 0..255.</exception>
    public int NibbleAt(int weight)
    {
        ThrowIfNoWeight(weight);
        byte pair = bytes[NibbleByte(weight)];
        return IsHighNibble(weight) ? pair >> 4 : pair & 0b1111;
    }

    /// <summary>The byte of the block in which weight <paramref name="weight"/> lies: 16 + 32 * (i / 64) + i mod 32.</summary>
    internal static int NibbleByte(int weight) => Q4KLayout.NibbleOffset + (32 * (weight / 64)) + (weight % 32);

    /// <summary>Whether weight <paramref name="weight"/> lies in the high nibble of its byte: every second run of 32 does.</summary>
    internal static bool IsHighNibble(int weight) => weight / 32 % 2 == 1;

    internal static void ThrowIfNoSubBlock(int subBlock)
    {
        if (subBlock is < 0 or >= Q4KLayout.SubBlocks)
        {
            throw new ArgumentOutOfRangeException(
                nameof(subBlock), subBlock, $"a Q4_K block has sub-blocks 0..{Q4KLayout.SubBlocks - 1}");
        }
    }

    internal static void ThrowIfNoWeight(int weight)
    {
        if (weight is < 0 or >= Q4KLayout.BlockWeights)
        {
            throw new ArgumentOutOfRangeException(
                nameof(weight), weight, $"a Q4_K block has weights 0..{Q4KLayout.BlockWeights - 1}");
        }
    }
}

using System.Buffers.Binary;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Device;

/// <summary>A Q4_K super-block taken apart: the two binary16 scales, eight 6-bit scales, eight 6-bit minimums, 256 4-bit weights.</summary>
public sealed class BlockFields
{
    private readonly byte[] scales = new byte[Q4KLayout.SubBlocks];
    private readonly byte[] minimums = new byte[Q4KLayout.SubBlocks];
    private readonly byte[] nibbles = new byte[Q4KLayout.BlockWeights];

    /// <summary>The bits of d.</summary>
    public ushort ScaleBits { get; set; }

    /// <summary>The bits of dmin.</summary>
    public ushort MinimumBits { get; set; }

    /// <summary>sc[0..7], 0 to 63.</summary>
    public Span<byte> Scales => scales;

    /// <summary>m[0..7], 0 to 63.</summary>
    public Span<byte> Minimums => minimums;

    /// <summary>q[0..255], 0 to 15.</summary>
    public Span<byte> Nibbles => nibbles;

    /// <summary>d.</summary>
    public Half Scale => BitConverter.UInt16BitsToHalf(ScaleBits);

    /// <summary>dmin.</summary>
    public Half Minimum => BitConverter.UInt16BitsToHalf(MinimumBits);

    /// <summary>Whether d and dmin are finite.</summary>
    public bool IsFinite => Half.IsFinite(Scale) && Half.IsFinite(Minimum);

    /// <summary>Takes the 144 bytes of a block apart.</summary>
    /// <remarks>
    /// The twelve packed bytes are read as three little endian words: w0 holds the low six bits of sc[0..3] and, on top, the high bits of sc[4..7];
    /// w1 the same for m; w2 the low nibbles of sc[4..7] and m[4..7].
    /// </remarks>
    public void Read(ReadOnlySpan<byte> block)
    {
        ScaleBits = BinaryPrimitives.ReadUInt16LittleEndian(block[Q4KLayout.ScaleOffset..]);
        MinimumBits = BinaryPrimitives.ReadUInt16LittleEndian(block[Q4KLayout.MinimumOffset..]);
        ReadOnlySpan<byte> packed = block.Slice(Q4KLayout.PackedOffset, Q4KLayout.PackedBytes);
        uint w0 = BinaryPrimitives.ReadUInt32LittleEndian(packed);
        uint w1 = BinaryPrimitives.ReadUInt32LittleEndian(packed[4..]);
        uint w2 = BinaryPrimitives.ReadUInt32LittleEndian(packed[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(Scales, w0 & 0x3f3f3f3f);
        BinaryPrimitives.WriteUInt32LittleEndian(Scales[4..], (w2 & 0x0f0f0f0f) | ((w0 >> 2) & 0x30303030));
        BinaryPrimitives.WriteUInt32LittleEndian(Minimums, w1 & 0x3f3f3f3f);
        BinaryPrimitives.WriteUInt32LittleEndian(Minimums[4..], ((w2 >> 4) & 0x0f0f0f0f) | ((w1 >> 2) & 0x30303030));

        ReadOnlySpan<byte> pairs = block.Slice(Q4KLayout.NibbleOffset, Q4KLayout.NibbleBytes);
        for (int subBlock = 0; subBlock < Q4KLayout.SubBlocks; subBlock += 2)
        {
            ReadOnlySpan<byte> group = pairs.Slice(subBlock * Q4KLayout.SubBlockWeights / 2, Q4KLayout.SubBlockWeights);
            Span<byte> low = Nibbles.Slice(subBlock * Q4KLayout.SubBlockWeights, Q4KLayout.SubBlockWeights);
            Span<byte> high = Nibbles.Slice((subBlock + 1) * Q4KLayout.SubBlockWeights, Q4KLayout.SubBlockWeights);
            for (int i = 0; i < group.Length; i++)
            {
                low[i] = (byte)(group[i] & 0x0f);
                high[i] = (byte)(group[i] >> 4);
            }
        }
    }

    /// <summary>The 256 weights in binary32: (d*sc)*q - (dmin*m). Only the subtraction rounds (CONTRACT NUM-1).</summary>
    public void DecodeToBinary32(Span<float> weights)
    {
        float d = (float)Scale;
        float dmin = (float)Minimum;
        for (int subBlock = 0; subBlock < Q4KLayout.SubBlocks; subBlock++)
        {
            float scale = d * scales[subBlock];
            float minimum = dmin * minimums[subBlock];
            int first = subBlock * Q4KLayout.SubBlockWeights;
            for (int i = first; i < first + Q4KLayout.SubBlockWeights; i++)
            {
                weights[i] = (scale * nibbles[i]) - minimum;
            }
        }
    }
}

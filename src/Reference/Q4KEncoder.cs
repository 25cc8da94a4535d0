using System.Runtime.Intrinsics;

namespace Spanker.Conformance.Reference;

/// <summary>Binary32 weights to Q4_K super-blocks, byte for byte as GGML's reference quantizer makes them.</summary>
/// <remarks>
/// Source: ggml, <c>quantize_row_q4_K_ref</c> (0.21.0), built without contraction into fused operations: each operation rounds to binary32, in source order.
/// For weights with an infinity or a NaN the bytes are whatever the same steps give; GGML makes no promise there, and neither does this.
/// </remarks>
public static class Q4KEncoder
{
    /// <summary>The widest path that this machine has in hardware.</summary>
    internal static EncodePath Fastest =>
        Vector256.IsHardwareAccelerated ? EncodePath.Vector256
        : Vector128.IsHardwareAccelerated ? EncodePath.Vector128
        : EncodePath.Scalar;

    /// <summary>Encodes every run of 256 weights into a super-block.</summary>
    /// <param name="weights">[n x 256] weights.</param>
    /// <param name="blocks">[n] super-blocks of 144 bytes; every byte is written.</param>
    /// <exception cref="ArgumentException">The weights are not whole blocks, or the destination is not 144 bytes a block.</exception>
    public static void Encode(ReadOnlySpan<float> weights, Span<byte> blocks) => Encode(Fastest, weights, blocks);

    /// <summary>Encodes every run of 256 weights along one path. A path wider than the machine works as well, slowly.</summary>
    internal static void Encode(EncodePath path, ReadOnlySpan<float> weights, Span<byte> blocks)
    {
        int count = Math.DivRem(weights.Length, Q4KLayout.BlockWeights, out int rest);
        if (rest != 0)
        {
            throw new ArgumentException($"{weights.Length} weights are not whole Q4_K blocks of {Q4KLayout.BlockWeights}", nameof(weights));
        }

        if (blocks.Length != count * Q4KLayout.BlockBytes)
        {
            throw new ArgumentException(
                $"{count} blocks take {count * Q4KLayout.BlockBytes} bytes; the destination holds {blocks.Length}", nameof(blocks));
        }

        for (; !weights.IsEmpty; weights = weights[Q4KLayout.BlockWeights..], blocks = blocks[Q4KLayout.BlockBytes..])
        {
            EncodeBlock(path, weights[..Q4KLayout.BlockWeights], blocks[..Q4KLayout.BlockBytes]);
        }
    }

    private static void EncodeBlock(EncodePath path, ReadOnlySpan<float> weights, Span<byte> block)
    {
        switch (path)
        {
            case EncodePath.Vector256:
                Q4KEncoderLanes<Lanes8>.EncodeBlock(weights, block);
                break;
            case EncodePath.Vector128:
                Q4KEncoderLanes<Lanes4>.EncodeBlock(weights, block);
                break;
            default:
                Q4KEncoderScalar.EncodeBlock(weights, block);
                break;
        }
    }
}

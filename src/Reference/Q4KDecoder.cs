namespace Spanker.Conformance.Reference;

/// <summary>Q4_K super-blocks to binary32 weights, as the format defines them (CONTRACT NUM-1).</summary>
public static class Q4KDecoder
{
    /// <summary>Decodes every block: w = (d * sc[s]) * q - (dmin * m[s]), each operation in binary32.</summary>
    /// <remarks>
    /// d and dmin have 11 significant bits, sc and m six, q four: both products are exact for finite d and dmin, and only the subtraction rounds.
    /// Infinite and NaN d or dmin follow IEEE 754 (so an infinite d times a zero scale is NaN). Source: ggml, <c>dequantize_row_q4_K</c>.
    /// </remarks>
    /// <param name="blocks">[n] super-blocks of 144 bytes.</param>
    /// <param name="destination">[n x 256] weights.</param>
    /// <exception cref="ArgumentException">The blocks are not whole, or the destination is not 256 weights a block.</exception>
    public static void Decode(ReadOnlySpan<byte> blocks, Span<float> destination)
    {
        int count = Math.DivRem(blocks.Length, Q4KLayout.BlockBytes, out int rest);
        if (rest != 0)
        {
            throw new ArgumentException($"{blocks.Length} bytes are not whole Q4_K blocks of {Q4KLayout.BlockBytes}", nameof(blocks));
        }

        long weights = (long)count * Q4KLayout.BlockWeights;
        if (destination.Length != weights)
        {
            throw new ArgumentException($"{count} blocks hold {weights} weights; the destination holds {destination.Length}", nameof(destination));
        }

        for (int i = 0; i < count; i++)
        {
            DecodeBlock(
                new Q4KBlock(blocks.Slice(i * Q4KLayout.BlockBytes, Q4KLayout.BlockBytes)),
                destination.Slice(i * Q4KLayout.BlockWeights, Q4KLayout.BlockWeights));
        }
    }

    private static void DecodeBlock(Q4KBlock block, Span<float> destination)
    {
        float d = (float)block.D;
        float dmin = (float)block.DMin;
        for (int s = 0; s < Q4KLayout.SubBlocks; s++)
        {
            float scale = d * block.ScaleAt(s);
            float minimum = dmin * block.MinimumAt(s);
            int first = s * Q4KLayout.SubBlockWeights;
            for (int i = first; i < first + Q4KLayout.SubBlockWeights; i++)
            {
                destination[i] = (scale * block.NibbleAt(i)) - minimum;
            }
        }
    }
}

namespace Spanker.Conformance.Reference;

/// <summary>Decoding as the format is written down: one weight after the other, each operation in binary32.</summary>
internal static class Q4KDecoderScalar
{
    /// <summary>Decodes every block; the lengths belong together.</summary>
    public static void Decode(ReadOnlySpan<byte> blocks, Span<float> destination)
    {
        for (int i = 0; i < blocks.Length / Q4KLayout.BlockBytes; i++)
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

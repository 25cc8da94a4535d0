namespace Spanker.Conformance.Reference;

/// <summary>Decoding without vectors: the 16 weights that a sub-block can hold, computed as the scalar path does, and looked up by nibble.</summary>
internal static class Q4KDecoderPortable
{
    private const int Levels = 16;
    private const int PairBytes = Q4KLayout.SubBlockWeights;

    /// <summary>Decodes every block; the lengths belong together.</summary>
    public static void Decode(ReadOnlySpan<byte> blocks, Span<float> destination)
    {
        Span<float> low = stackalloc float[Levels];
        Span<float> high = stackalloc float[Levels];
        for (; !blocks.IsEmpty; blocks = blocks[Q4KLayout.BlockBytes..])
        {
            Q4KBlock block = new(blocks[..Q4KLayout.BlockBytes]);
            float d = (float)block.D;
            float dmin = (float)block.DMin;
            ReadOnlySpan<byte> pairs = blocks.Slice(Q4KLayout.NibbleOffset, Q4KLayout.NibbleBytes);
            for (int s = 0; s < Q4KLayout.SubBlocks; s += 2)
            {
                Tabulate(d * block.ScaleAt(s), dmin * block.MinimumAt(s), low);
                Tabulate(d * block.ScaleAt(s + 1), dmin * block.MinimumAt(s + 1), high);
                LookUp(pairs[..PairBytes], low, high, destination[..(2 * PairBytes)]);
                pairs = pairs[PairBytes..];
                destination = destination[(2 * PairBytes)..];
            }
        }
    }

    private static void Tabulate(float scale, float minimum, Span<float> table)
    {
        for (int level = 0; level < table.Length; level++)
        {
            table[level] = (scale * level) - minimum;
        }
    }

    private static void LookUp(ReadOnlySpan<byte> pairs, ReadOnlySpan<float> low, ReadOnlySpan<float> high, Span<float> destination)
    {
        Span<float> second = destination[pairs.Length..];
        for (int i = 0; i < pairs.Length; i++)
        {
            destination[i] = low[pairs[i] & 0b1111];
            second[i] = high[pairs[i] >> 4];
        }
    }
}

namespace Spanker.Conformance.Reference;

/// <summary>Encoding as GGML writes it down: one sub-block after the other, one weight after the other.</summary>
internal static class Q4KEncoderScalar
{
    /// <summary>Encodes 256 weights into a super-block; every byte is written.</summary>
    public static void EncodeBlock(ReadOnlySpan<float> weights, Span<byte> block)
    {
        Span<byte> levels = stackalloc byte[Q4KLayout.BlockWeights];
        Span<AffineFit> fits = stackalloc AffineFit[Q4KLayout.SubBlocks];
        for (int s = 0; s < Q4KLayout.SubBlocks; s++)
        {
            fits[s] = FitSubBlock(SubBlock(weights, s), SubBlock(levels, s));
        }

        Q4KFields.Write(fits, block);
        for (int s = 0; s < Q4KLayout.SubBlocks; s++)
        {
            RefineLevels(new Q4KBlock(block), s, SubBlock(weights, s), SubBlock(levels, s));
        }

        for (int i = 0; i < Q4KLayout.BlockWeights; i++)
        {
            Q4KBlockBuilder.SetNibble(block, i, levels[i]);
        }
    }

    /// <summary>Fits a line to 32 weights; the error at weight x counts sqrt(mean of x^2) + |x|, so great weights count more.</summary>
    private static AffineFit FitSubBlock(ReadOnlySpan<float> x, Span<byte> levels)
    {
        float sumOfSquares = 0f;
        foreach (float value in x)
        {
            sumOfSquares += value * value;
        }

        float rootMeanSquare = MathF.Sqrt(sumOfSquares / Q4KLayout.SubBlockWeights);
        Span<float> importance = stackalloc float[Q4KLayout.SubBlockWeights];
        for (int i = 0; i < x.Length; i++)
        {
            importance[i] = rootMeanSquare + MathF.Abs(x[i]);
        }

        return AffineFit.Search(x, importance, levels);
    }

    /// <summary>Chooses each level anew against the scale and minimum as they will be decoded; with a zero scale the fitted levels stay.</summary>
    private static void RefineLevels(Q4KBlock block, int subBlock, ReadOnlySpan<float> x, Span<byte> levels)
    {
        float scale = (float)block.D * block.ScaleAt(subBlock);
        if (scale == 0f)
        {
            return;
        }

        float minimum = (float)block.DMin * block.MinimumAt(subBlock);
        for (int i = 0; i < x.Length; i++)
        {
            levels[i] = (byte)Math.Clamp(AffineFit.NearestInteger((x[i] + minimum) / scale), 0, AffineFit.HighestLevel);
        }
    }

    private static ReadOnlySpan<float> SubBlock(ReadOnlySpan<float> weights, int subBlock) =>
        weights.Slice(subBlock * Q4KLayout.SubBlockWeights, Q4KLayout.SubBlockWeights);

    private static Span<byte> SubBlock(Span<byte> levels, int subBlock) =>
        levels.Slice(subBlock * Q4KLayout.SubBlockWeights, Q4KLayout.SubBlockWeights);
}

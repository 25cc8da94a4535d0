namespace Spanker.Conformance.Reference;

/// <summary>Binary32 weights to Q4_K super-blocks, byte for byte as GGML's reference quantizer makes them.</summary>
/// <remarks>
/// Source: ggml, <c>quantize_row_q4_K_ref</c> (0.21.0), built without contraction into fused operations: each operation rounds to binary32, in source order.
/// For weights with an infinity or a NaN the bytes are whatever the same steps give; GGML makes no promise there, and neither does this.
/// </remarks>
public static class Q4KEncoder
{
    private const int HighestField = 63;
    private const int HighestLevel = 15;

    /// <summary>Encodes every run of 256 weights into a super-block.</summary>
    /// <param name="weights">[n x 256] weights.</param>
    /// <param name="blocks">[n] super-blocks of 144 bytes; every byte is written.</param>
    /// <exception cref="ArgumentException">The weights are not whole blocks, or the destination is not 144 bytes a block.</exception>
    public static void Encode(ReadOnlySpan<float> weights, Span<byte> blocks)
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

        for (int i = 0; i < count; i++)
        {
            EncodeBlock(
                weights.Slice(i * Q4KLayout.BlockWeights, Q4KLayout.BlockWeights),
                blocks.Slice(i * Q4KLayout.BlockBytes, Q4KLayout.BlockBytes));
        }
    }

    private static void EncodeBlock(ReadOnlySpan<float> weights, Span<byte> block)
    {
        Span<byte> levels = stackalloc byte[Q4KLayout.BlockWeights];
        Span<AffineFit> fits = stackalloc AffineFit[Q4KLayout.SubBlocks];
        for (int s = 0; s < Q4KLayout.SubBlocks; s++)
        {
            fits[s] = FitSubBlock(SubBlock(weights, s), SubBlock(levels, s));
        }

        WriteScales(fits, block);
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

    /// <summary>Writes d, dmin and the 6-bit fields: 63 stands for the greatest scale, and for the greatest minimum, of the block.</summary>
    private static void WriteScales(ReadOnlySpan<AffineFit> fits, Span<byte> block)
    {
        float greatestScale = 0f;
        float greatestMinimum = 0f;
        foreach (AffineFit fit in fits)
        {
            greatestScale = fit.Scale > greatestScale ? fit.Scale : greatestScale;
            greatestMinimum = fit.Minimum > greatestMinimum ? fit.Minimum : greatestMinimum;
        }

        float scaleSteps = greatestScale > 0f ? HighestField / greatestScale : 0f;
        float minimumSteps = greatestMinimum > 0f ? HighestField / greatestMinimum : 0f;
        for (int s = 0; s < Q4KLayout.SubBlocks; s++)
        {
            Q4KBlockBuilder.SetScale(block, s, ToField(scaleSteps * fits[s].Scale));
            Q4KBlockBuilder.SetMinimum(block, s, ToField(minimumSteps * fits[s].Minimum));
        }

        Q4KBlockBuilder.SetD(block, (Half)(greatestScale / HighestField));
        Q4KBlockBuilder.SetDMin(block, (Half)(greatestMinimum / HighestField));
    }

    /// <summary>The nearest 6-bit field. GGML keeps the low byte of the integer before it clamps from above, so a negative scale becomes 63.</summary>
    private static int ToField(float value) => Math.Min(HighestField, AffineFit.NearestInteger(value) & 0xff);

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
            levels[i] = (byte)Math.Clamp(AffineFit.NearestInteger((x[i] + minimum) / scale), 0, HighestLevel);
        }
    }

    private static ReadOnlySpan<float> SubBlock(ReadOnlySpan<float> weights, int subBlock) =>
        weights.Slice(subBlock * Q4KLayout.SubBlockWeights, Q4KLayout.SubBlockWeights);

    private static Span<byte> SubBlock(Span<byte> levels, int subBlock) =>
        levels.Slice(subBlock * Q4KLayout.SubBlockWeights, Q4KLayout.SubBlockWeights);
}

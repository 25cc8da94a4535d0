namespace Spanker.Conformance.Reference;

/// <summary>Encoding with several sub-blocks side by side, a lane each; byte for byte what <see cref="Q4KEncoderScalar"/> gives.</summary>
internal static class Q4KEncoderLanes<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    /// <summary>Encodes 256 weights into a super-block; every byte is written.</summary>
    public static void EncodeBlock(ReadOnlySpan<float> weights, Span<byte> block)
    {
        Span<TLanes> x = stackalloc TLanes[Q4KLayout.BlockWeights / TLanes.Count];
        if (!TryGather(weights, x))
        {
            // Which payload survives where two NaNs meet is not the same in both codes.
            Q4KEncoderScalar.EncodeBlock(weights, block);
            return;
        }

        Span<TLanes> levels = stackalloc TLanes[x.Length];
        Span<AffineFit> fits = stackalloc AffineFit[Q4KLayout.SubBlocks];
        for (int first = 0; first < fits.Length; first += TLanes.Count)
        {
            Fit(OfSubBlocks(x, first), OfSubBlocks(levels, first), fits.Slice(first, TLanes.Count));
        }

        Q4KFields.Write(fits, block);
        Span<float> integers = stackalloc float[Q4KLayout.BlockWeights];
        for (int first = 0; first < fits.Length; first += TLanes.Count)
        {
            RefineLevels(new Q4KBlock(block), first, OfSubBlocks(x, first), OfSubBlocks(levels, first));
            Scatter(OfSubBlocks(levels, first), first, integers);
        }

        WriteNibbles(integers, block.Slice(Q4KLayout.NibbleOffset, Q4KLayout.NibbleBytes));
    }

    /// <summary>Weight i of every sub-block into one element: 32 for the first sub-blocks, then 32 for the next ones.</summary>
    /// <returns>False if some weight is a NaN.</returns>
    private static bool TryGather(ReadOnlySpan<float> weights, Span<TLanes> x)
    {
        TLanes numbers = TLanes.Same(TLanes.Broadcast(0f), TLanes.Broadcast(0f));
        for (int first = 0; first < Q4KLayout.SubBlocks; first += TLanes.Count)
        {
            Span<TLanes> part = OfSubBlocks(x, first);
            for (int i = 0; i < part.Length; i++)
            {
                part[i] = TLanes.Gather(weights[((first * Q4KLayout.SubBlockWeights) + i)..], Q4KLayout.SubBlockWeights);
                numbers = TLanes.Both(numbers, TLanes.Same(part[i], part[i]));
            }
        }

        return TLanes.IsAll(numbers);
    }

    /// <summary>Fits lines; the error at weight x counts sqrt(mean of x^2) + |x|, so great weights count more.</summary>
    private static void Fit(ReadOnlySpan<TLanes> x, Span<TLanes> levels, Span<AffineFit> fits)
    {
        TLanes sumOfSquares = TLanes.Broadcast(0f);
        foreach (TLanes value in x)
        {
            sumOfSquares += value * value;
        }

        TLanes rootMeanSquare = TLanes.Sqrt(sumOfSquares / TLanes.Broadcast(Q4KLayout.SubBlockWeights));
        Span<TLanes> importance = stackalloc TLanes[Q4KLayout.SubBlockWeights];
        for (int i = 0; i < importance.Length; i++)
        {
            importance[i] = rootMeanSquare + TLanes.Abs(x[i]);
        }

        AffineFits<TLanes> found = AffineFits<TLanes>.Search(x, importance, levels);
        Span<float> scales = stackalloc float[TLanes.Count];
        Span<float> minimums = stackalloc float[TLanes.Count];
        found.Scale.CopyTo(scales);
        found.Minimum.CopyTo(minimums);
        for (int lane = 0; lane < fits.Length; lane++)
        {
            fits[lane] = new AffineFit(scales[lane], minimums[lane]);
        }
    }

    /// <summary>Chooses each level anew against scale and minimum as they will be decoded; where a scale is zero the fitted levels stay.</summary>
    private static void RefineLevels(Q4KBlock block, int first, ReadOnlySpan<TLanes> x, Span<TLanes> levels)
    {
        float d = (float)block.D;
        float dmin = (float)block.DMin;
        Span<float> scales = stackalloc float[TLanes.Count];
        Span<float> minimums = stackalloc float[TLanes.Count];
        for (int lane = 0; lane < scales.Length; lane++)
        {
            scales[lane] = d * block.ScaleAt(first + lane);
            minimums[lane] = dmin * block.MinimumAt(first + lane);
        }

        TLanes scale = TLanes.Gather(scales, stride: 1);
        TLanes minimum = TLanes.Gather(minimums, stride: 1);
        TLanes keeps = TLanes.Same(scale, TLanes.Broadcast(0f));
        levels = levels[..x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            levels[i] = TLanes.Select(keeps, levels[i], TLanes.NearestLevel((x[i] + minimum) / scale));
        }
    }

    /// <summary>Level i of sub-block s to integers[8 * i + s].</summary>
    private static void Scatter(ReadOnlySpan<TLanes> levels, int first, Span<float> integers)
    {
        for (int i = 0; i < levels.Length; i++)
        {
            levels[i].CopyTo(integers.Slice((Q4KLayout.SubBlocks * i) + first, TLanes.Count));
        }
    }

    /// <summary>Byte i of group g from level i of sub-blocks 2g and 2g + 1.</summary>
    private static void WriteNibbles(ReadOnlySpan<float> integers, Span<byte> pairs)
    {
        for (int i = 0; i < Q4KLayout.SubBlockWeights; i++)
        {
            ReadOnlySpan<float> row = integers.Slice(Q4KLayout.SubBlocks * i, Q4KLayout.SubBlocks);
            pairs[i] = (byte)((int)row[0] | ((int)row[1] << 4));
            pairs[i + 32] = (byte)((int)row[2] | ((int)row[3] << 4));
            pairs[i + 64] = (byte)((int)row[4] | ((int)row[5] << 4));
            pairs[i + 96] = (byte)((int)row[6] | ((int)row[7] << 4));
        }
    }

    /// <summary>The 32 elements of sub-blocks first .. first + Count - 1.</summary>
    private static Span<TLanes> OfSubBlocks(Span<TLanes> elements, int first) =>
        elements.Slice(first / TLanes.Count * Q4KLayout.SubBlockWeights, Q4KLayout.SubBlockWeights);
}

namespace Spanker.Conformance.Reference;

/// <summary>The head of a super-block, quantized from the lines of its sub-blocks.</summary>
internal static class Q4KFields
{
    private const int HighestField = 63;

    /// <summary>Writes d, dmin and the 6-bit fields: 63 stands for the greatest scale, and for the greatest minimum, of the block.</summary>
    public static void Write(ReadOnlySpan<AffineFit> fits, Span<byte> block)
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
}

namespace Spanker.Conformance.Reference;

/// <summary>A line through 4-bit levels, x ~ <paramref name="Scale"/> * level - <paramref name="Minimum"/>, fitted to one sub-block of 32 weights.</summary>
/// <remarks>
/// GGML's search (<c>make_qkx2_quants</c> with 15 levels above zero, first step -1, step 0.1, 20 steps, squared error), restated:
/// every operation is binary32, none is fused, and sums run from the first weight to the last, since the aim is equal bits, not a better fit.
/// </remarks>
internal readonly record struct AffineFit(float Scale, float Minimum)
{
    /// <summary>The highest level; the lowest is 0.</summary>
    internal const int HighestLevel = 15;

    /// <summary>The index of the last grid; the first is 0.</summary>
    internal const int LastStep = 20;

    /// <summary>1.5 * 2^23: adding it rounds to an integer, which then lies in the low mantissa bits.</summary>
    internal const float OneAndAHalfTimesTwoTo23 = 12582912f;

    /// <summary>The mantissa bits of a binary32.</summary>
    internal const int LowMantissaBits = 0x007f_ffff;

    /// <summary>The mantissa bits of 1.5 * 2^23.</summary>
    internal const int MantissaOfZero = 0x0040_0000;

    private const float FirstStep = -1f;
    private const float StepWidth = 0.1f;

    /// <summary>Searches the line with the least weighted squared error and writes the level of each weight on it.</summary>
    /// <remarks>
    /// The first line runs from the least weight (or zero, if that is less) to the greatest. Then 21 grids of 14 to 16 steps from the start of
    /// the best line to the greatest weight assign levels; each assignment's line is solved from its normal equations and kept if its error is less.
    /// </remarks>
    /// <param name="x">[32] weights of the sub-block.</param>
    /// <param name="importance">[32] weight of each squared error.</param>
    /// <param name="levels">[32] the level of each weight, 0..15.</param>
    public static AffineFit Search(ReadOnlySpan<float> x, ReadOnlySpan<float> importance, Span<byte> levels)
    {
        (float least, float greatest) = RangeWithZeroBelow(x);
        if (greatest == least)
        {
            levels.Clear();
            return new AffineFit(Scale: 0f, Minimum: -least);
        }

        (float sumW, float sumX) = WeightedSum(x, importance);
        float stepsPerUnit = HighestLevel / (greatest - least);
        AssignLevels(x, least, stepsPerUnit, levels);
        Line best = new(Slope: 1f / stepsPerUnit, Intercept: least);
        float bestError = best.Error(x, importance, levels);

        Span<byte> candidateLevels = stackalloc byte[Q4KLayout.SubBlockWeights];
        for (int step = 0; step <= LastStep; step++)
        {
            // The grid starts where the best line so far starts, so it moves with each improvement.
            stepsPerUnit = GridSteps(step) / (greatest - best.Intercept);
            AssignLevels(x, best.Intercept, stepsPerUnit, candidateLevels);
            if (!Line.TrySolve(x, importance, candidateLevels, sumW, sumX, out Line candidate))
            {
                continue;
            }

            float error = candidate.Error(x, importance, candidateLevels);
            if (error < bestError)
            {
                candidateLevels.CopyTo(levels);
                best = candidate;
                bestError = error;
            }
        }

        return new AffineFit(best.Slope, Minimum: -best.Intercept);
    }

    /// <summary>The nearest integer, ties to even, for |value| below 2^22: the low mantissa bits of value + 1.5 * 2^23.</summary>
    /// <remarks>
    /// Any other value, an infinity or a NaN gives some integer of 23 bits, the same one as ggml's <c>nearest_int</c>. A conversion
    /// to int would neither round to even nor be defined there.
    /// </remarks>
    public static int NearestInteger(float value)
    {
        int bits = BitConverter.SingleToInt32Bits(value + OneAndAHalfTimesTwoTo23);
        return (bits & LowMantissaBits) - MantissaOfZero;
    }

    /// <summary>How many steps grid <paramref name="step"/> has between its start and the greatest weight: 14 to 16.</summary>
    internal static float GridSteps(int step) => FirstStep + (StepWidth * step) + HighestLevel;

    private static (float Least, float Greatest) RangeWithZeroBelow(ReadOnlySpan<float> x)
    {
        // Comparisons rather than Math.Min and Max: these let a NaN pass by, as ggml's do.
        float least = x[0];
        float greatest = x[0];
        foreach (float value in x[1..])
        {
            if (value < least)
            {
                least = value;
            }

            if (value > greatest)
            {
                greatest = value;
            }
        }

        return (least > 0f ? 0f : least, greatest);
    }

    private static (float SumW, float SumX) WeightedSum(ReadOnlySpan<float> x, ReadOnlySpan<float> importance)
    {
        float sumW = importance[0];
        float sumX = sumW * x[0];
        for (int i = 1; i < x.Length; i++)
        {
            sumW += importance[i];
            sumX += importance[i] * x[i];
        }

        return (sumW, sumX);
    }

    private static void AssignLevels(ReadOnlySpan<float> x, float least, float stepsPerUnit, Span<byte> levels)
    {
        for (int i = 0; i < x.Length; i++)
        {
            levels[i] = (byte)Math.Clamp(NearestInteger(stepsPerUnit * (x[i] - least)), 0, HighestLevel);
        }
    }

    /// <summary>x ~ Slope * level + Intercept.</summary>
    private readonly record struct Line(float Slope, float Intercept)
    {
        /// <summary>The line of least weighted squared error through the points (level, x) whose intercept is not above zero.</summary>
        /// <returns>False if the levels do not determine a line (all equal).</returns>
        public static bool TrySolve(
            ReadOnlySpan<float> x, ReadOnlySpan<float> importance, ReadOnlySpan<byte> levels, float sumW, float sumX, out Line line)
        {
            float sumL = 0f;
            float sumLL = 0f;
            float sumLX = 0f;
            for (int i = 0; i < x.Length; i++)
            {
                float weightedLevel = importance[i] * levels[i];
                sumL += weightedLevel;
                sumLL += weightedLevel * levels[i];
                sumLX += weightedLevel * x[i];
            }

            float determinant = (sumW * sumLL) - (sumL * sumL);
            line = default;
            if (!(determinant > 0f))
            {
                return false;
            }

            float slope = ((sumW * sumLX) - (sumX * sumL)) / determinant;
            float intercept = ((sumLL * sumX) - (sumL * sumLX)) / determinant;

            // A minimum is stored without a sign and subtracted, so a line that starts above zero starts at zero instead.
            line = intercept > 0f ? new Line(sumLX / sumLL, 0f) : new Line(slope, intercept);
            return true;
        }

        /// <summary>Sum of importance * (Slope * level + Intercept - x)^2.</summary>
        public float Error(ReadOnlySpan<float> x, ReadOnlySpan<float> importance, ReadOnlySpan<byte> levels)
        {
            float error = 0f;
            for (int i = 0; i < x.Length; i++)
            {
                float difference = (Slope * levels[i]) + Intercept - x[i];
                error += importance[i] * (difference * difference);
            }

            return error;
        }
    }
}

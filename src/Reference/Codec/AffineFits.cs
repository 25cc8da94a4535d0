namespace Spanker.Conformance.Reference;

/// <summary>The lines x ~ <paramref name="Scale"/> * level - <paramref name="Minimum"/> of several sub-blocks, found side by side.</summary>
/// <remarks>
/// <see cref="AffineFit.Search"/> with one sub-block a lane, so that each sum keeps its order and each lane rounds as the scalar search does.
/// What is a branch there is a mask here: every lane goes all the way, and takes what its own branch would have taken.
/// </remarks>
internal readonly record struct AffineFits<TLanes>(TLanes Scale, TLanes Minimum)
    where TLanes : unmanaged, ILanes<TLanes>
{
    /// <summary>Searches the lines with the least weighted squared errors and writes the level of each weight on its line.</summary>
    /// <param name="x">[32] weight i of every sub-block; no NaN.</param>
    /// <param name="importance">[32] weight of each squared error.</param>
    /// <param name="levels">[32] the level of each weight, 0..15.</param>
    public static AffineFits<TLanes> Search(ReadOnlySpan<TLanes> x, ReadOnlySpan<TLanes> importance, Span<TLanes> levels)
    {
        (TLanes least, TLanes greatest) = RangeWithZeroBelow(x);

        // A lane that spans nothing needs no branch: its steps are infinite, so that infinity * 0 puts every level at 0, 1 / infinity is a slope of 0,
        // and no grid improves on an error of 0. (Where all are -infinity the slope is a NaN, whose field is 0 too.)
        (TLanes sumW, TLanes sumX) = WeightedSum(x, importance);
        TLanes stepsPerUnit = TLanes.Broadcast(AffineFit.HighestLevel) / (greatest - least);
        AssignLevels(x, least, stepsPerUnit, levels);
        Line best = new(Slope: TLanes.Broadcast(1f) / stepsPerUnit, Intercept: least);
        TLanes bestError = best.Error(x, importance, levels);

        Span<TLanes> candidateLevels = stackalloc TLanes[Q4KLayout.SubBlockWeights];
        for (int step = 0; step <= AffineFit.LastStep; step++)
        {
            stepsPerUnit = TLanes.Broadcast(AffineFit.GridSteps(step)) / (greatest - best.Intercept);
            AssignLevels(x, best.Intercept, stepsPerUnit, candidateLevels);
            (Line candidate, TLanes solved) = Line.Solve(x, importance, candidateLevels, sumW, sumX);
            TLanes error = candidate.Error(x, importance, candidateLevels);
            TLanes improved = TLanes.Both(solved, TLanes.Less(error, bestError));
            if (TLanes.IsAny(improved))
            {
                Replace(improved, candidateLevels, levels);
                best = Line.Select(improved, candidate, best);
                bestError = TLanes.Select(improved, error, bestError);
            }
        }

        return new AffineFits<TLanes>(best.Slope, Minimum: TLanes.Broadcast(-0f) - best.Intercept);
    }

    private static (TLanes Least, TLanes Greatest) RangeWithZeroBelow(ReadOnlySpan<TLanes> x)
    {
        TLanes least = x[0];
        TLanes greatest = x[0];
        foreach (TLanes value in x)
        {
            least = TLanes.Select(TLanes.Less(value, least), value, least);
            greatest = TLanes.Select(TLanes.Less(greatest, value), value, greatest);
        }

        TLanes zero = TLanes.Broadcast(0f);
        return (TLanes.Select(TLanes.Less(zero, least), zero, least), greatest);
    }

    private static (TLanes SumW, TLanes SumX) WeightedSum(ReadOnlySpan<TLanes> x, ReadOnlySpan<TLanes> importance)
    {
        importance = importance[..x.Length];
        TLanes sumW = importance[0];
        TLanes sumX = sumW * x[0];
        for (int i = 1; i < x.Length; i++)
        {
            sumW += importance[i];
            sumX += importance[i] * x[i];
        }

        return (sumW, sumX);
    }

    private static void AssignLevels(ReadOnlySpan<TLanes> x, TLanes least, TLanes stepsPerUnit, Span<TLanes> levels)
    {
        levels = levels[..x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            levels[i] = TLanes.NearestLevel(stepsPerUnit * (x[i] - least));
        }
    }

    private static void Replace(TLanes mask, ReadOnlySpan<TLanes> by, Span<TLanes> levels)
    {
        by = by[..levels.Length];
        for (int i = 0; i < levels.Length; i++)
        {
            levels[i] = TLanes.Select(mask, by[i], levels[i]);
        }
    }

    /// <summary>x ~ Slope * level + Intercept, in each lane.</summary>
    private readonly record struct Line(TLanes Slope, TLanes Intercept)
    {
        /// <summary>The lines of least weighted squared error through the points (level, x) whose intercepts are not above zero.</summary>
        /// <returns>The lines, and the mask of those that the levels determine.</returns>
        public static (Line Candidate, TLanes Solved) Solve(
            ReadOnlySpan<TLanes> x, ReadOnlySpan<TLanes> importance, ReadOnlySpan<TLanes> levels, TLanes sumW, TLanes sumX)
        {
            importance = importance[..x.Length];
            levels = levels[..x.Length];
            TLanes zero = TLanes.Broadcast(0f);
            TLanes sumL = zero;
            TLanes sumLL = zero;
            TLanes sumLX = zero;
            for (int i = 0; i < x.Length; i++)
            {
                TLanes weightedLevel = importance[i] * levels[i];
                sumL += weightedLevel;
                sumLL += weightedLevel * levels[i];
                sumLX += weightedLevel * x[i];
            }

            TLanes determinant = (sumW * sumLL) - (sumL * sumL);
            TLanes slope = ((sumW * sumLX) - (sumX * sumL)) / determinant;
            TLanes intercept = ((sumLL * sumX) - (sumL * sumLX)) / determinant;
            Line free = new(slope, intercept);
            Line fromZero = new(sumLX / sumLL, zero);
            return (Select(TLanes.Less(zero, intercept), fromZero, free), TLanes.Less(zero, determinant));
        }

        /// <summary>In each lane the first line where the mask is set, else the second.</summary>
        public static Line Select(TLanes mask, Line set, Line clear) =>
            new(TLanes.Select(mask, set.Slope, clear.Slope), TLanes.Select(mask, set.Intercept, clear.Intercept));

        /// <summary>Sum of importance * (Slope * level + Intercept - x)^2.</summary>
        public TLanes Error(ReadOnlySpan<TLanes> x, ReadOnlySpan<TLanes> importance, ReadOnlySpan<TLanes> levels)
        {
            importance = importance[..x.Length];
            levels = levels[..x.Length];
            TLanes error = TLanes.Broadcast(0f);
            for (int i = 0; i < x.Length; i++)
            {
                TLanes difference = (Slope * levels[i]) + Intercept - x[i];
                error += importance[i] * (difference * difference);
            }

            return error;
        }
    }
}

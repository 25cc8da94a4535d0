namespace Spanker.Conformance.Reference;

/// <summary>How large a row's integers are: what decides whether 64 bits hold a dot product.</summary>
/// <param name="D">max |d|, in the unit of the row's d.</param>
/// <param name="DMin">max |dmin|, in the unit of the row's dmin.</param>
/// <param name="Scale">The larger of both, in the unit common to d and dmin.</param>
/// <param name="Weight">At least |d sc q| + |dmin m| of every weight, in that unit.</param>
internal readonly record struct RowLimits(double D, double DMin, double Scale, double Weight)
{
    private const double LargestScaled = 63 * 15;
    private const double LargestMinimum = 63;

    /// <summary>2^62: half of what 64 bits hold, so that the binary64 roundings of the formulas here (a few times 2^-53) decide nothing.</summary>
    private const double Limit = 1L << 62;

    /// <summary>The limits of a row.</summary>
    public static RowLimits Of(RowUnits units, long largestD, long largestDMin) => new(
        largestD,
        largestDMin,
        Math.Max(Math.ScaleB(largestD, units.DShift), Math.ScaleB(largestDMin, units.DMinShift)),
        (Math.ScaleB(LargestScaled, units.DShift) * largestD) + (Math.ScaleB(LargestMinimum, units.DMinShift) * largestDMin));

    /// <summary>Limits that hold for both rows.</summary>
    public static RowLimits Max(RowLimits left, RowLimits right) =>
        new(Math.Max(left.D, right.D), Math.Max(left.DMin, right.DMin), Math.Max(left.Scale, right.Scale), Math.Max(left.Weight, right.Weight));

    /// <summary>
    /// Whether the product kernel's integers all fit: a product of two scales into 32 bits, and into 64 the sum of all |a_i| |b_i| taken with every
    /// sign positive, in the common units; it bounds each of the four sums, in its own coarser unit, and every partial sum.
    /// </summary>
    /// <param name="a">One side's limits.</param>
    /// <param name="b">The other side's.</param>
    /// <param name="blocks">Super-blocks in a row.</param>
    public static bool Fit(RowLimits a, RowLimits b, int blocks)
    {
        double largestScales = Math.Max(Math.Max(a.D * b.D, a.DMin * b.DMin), Math.Max(a.D * b.DMin, a.DMin * b.D));
        return largestScales < int.MaxValue && blocks * 256 * a.Weight * b.Weight < Limit;
    }

    /// <summary>Whether a product of two scales fits into 32 bits in the common units too, so that nothing need be shifted. It says nothing of what <see cref="Fit"/> says.</summary>
    public static bool FitInCommonUnit(RowLimits a, RowLimits b) => a.Scale * b.Scale < int.MaxValue;
}

namespace Spanker.Conformance.Reference;

/// <summary>The proved bound of |result - exact| for a Sum or Avg along a tree, and the judgement by it (CONTRACT COL-8). docs/collectives-numerics.md holds the proofs.</summary>
/// <remarks>
/// <code>
/// Sum   gamma_h S                        h the tree's depth, S = sum |x_i|, gamma_h = h u / (1 - h u), u = 2^-24
/// Avg   gamma_(h+1) S / N + 2^-150       one rounding more, and half the smallest subnormal where the quotient underflows
/// </code>
/// N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., SIAM 2002, section 4.2. Where no addition can round, the result is the
/// exact one rounded once. The integers are exact, and rounded up to binary64 at the end.
/// </remarks>
public static class ReductionBound
{
    /// <summary>
    /// The bound of a Sum. 0 where every order gives the exact value, or the extended reals decide; infinite, for not exercised, where a sum might
    /// overflow. It is below S otherwise, so that a result of 0 does not pass by itself.
    /// </summary>
    /// <exception cref="ArgumentException">The tree is over other cards than there are values.</exception>
    public static double Sum(ReductionTree tree, ReadOnlySpan<float> terms) => For(ReduceOperation.Sum, tree, ExactSum.Of(terms));

    /// <summary>The bound of an Avg, infinite where that of a Sum is; where no addition rounds, the error of the quotient rounded once.</summary>
    /// <exception cref="ArgumentException">The tree is over other cards than there are values.</exception>
    public static double Avg(ReductionTree tree, ReadOnlySpan<float> terms) => For(ReduceOperation.Avg, tree, ExactSum.Of(terms));

    /// <summary>The bound of Sum or Avg for an element, rounded up.</summary>
    /// <exception cref="ArgumentException">Max and Min have no bound; or the tree is over other cards than there are values.</exception>
    public static double For(ReduceOperation operation, ReductionTree tree, ExactSum exact)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(exact);
        if (operation is not (ReduceOperation.Sum or ReduceOperation.Avg))
        {
            throw new ArgumentException($"{operation} is exact: it is compared by its bits.", nameof(operation));
        }

        if (!tree.IsOver(exact.Terms))
        {
            throw new ArgumentException($"The tree {tree} is not over {exact.Terms} cards.", nameof(tree));
        }

        bool isAvg = operation == ReduceOperation.Avg;
        if (exact.IsExactInAnyOrder)
        {
            return isAvg ? exact.AverageRoundingUp() : 0;
        }

        if (exact.Kind == ExactValueKind.NaN)
        {
            return 0;
        }

        if (exact.CanOverflow(tree.Depth))
        {
            return double.PositiveInfinity;
        }

        return exact.Kind != ExactValueKind.Finite ? 0 : isAvg ? OfAvg(tree, exact) : OfSum(tree, exact);
    }

    /// <summary>
    /// Whether a result may come from this tree: within <see cref="For"/>, where no addition can round the exact value rounded once, and for an infinite
    /// or NaN sum that value. Zeros of either sign are equal, and so is any NaN to any NaN.
    /// </summary>
    /// <exception cref="ArgumentException">Max and Min have no bound; or the tree is over other cards than there are values.</exception>
    public static ElementJudgement Judge(ReduceOperation operation, ReductionTree tree, ExactSum exact, float actual)
    {
        double bound = For(operation, tree, exact);
        double error = operation == ReduceOperation.Avg ? exact.AverageError(actual) : exact.Error(actual);
        if (double.IsPositiveInfinity(bound))
        {
            return new ElementJudgement(Acceptance.NotExercised, error, bound);
        }

        // A tie of the quotient has two neighbours at one distance, and rounding chooses one.
        bool isRoundedOnce = operation == ReduceOperation.Avg && exact.IsExactInAnyOrder;
        bool isAccepted = isRoundedOnce ? actual == exact.Average() : error <= bound;
        return new ElementJudgement(isAccepted ? Acceptance.Accepted : Acceptance.Rejected, error, bound);
    }

    /// <summary>gamma_h = h u / (1 - h u) for h roundings; h u &lt; 1.</summary>
    internal static double Gamma(int roundings) => roundings * ErrorBound.SingleRoundoff / (1 - (roundings * ErrorBound.SingleRoundoff));

    private static double OfSum(ReductionTree tree, ExactSum exact) => GammaTimesMagnitude(exact, tree.Depth, divisor: 1).Up(ExactSum.FractionExponent);

    private static double OfAvg(ReductionTree tree, ExactSum exact)
    {
        var halfSmallestSubnormal = Int384.Of(1, ExactSum.FractionBits - 1);
        return (GammaTimesMagnitude(exact, tree.Depth + 1, (uint)exact.Terms) + halfSmallestSubnormal).Up(ExactSum.FractionExponent);
    }

    /// <summary>gamma_h S / divisor, rounded up to the unit of <see cref="ExactSum.FractionExponent"/>: h S / ((2^24 - h) divisor).</summary>
    private static Int384 GammaTimesMagnitude(ExactSum exact, int roundings, uint divisor)
    {
        uint denominator = ((1U << SingleUnits.SignificandBits) - (uint)roundings) * divisor;
        (Int384 quotient, uint remainder) = Int384.DivRem((exact.MagnitudeUnits * (uint)roundings) << ExactSum.FractionBits, denominator);
        return remainder == 0 ? quotient : quotient + Int384.Of(1, 0);
    }
}

namespace Spanker.Conformance.Reference;

/// <summary>The proved bound of a matmul that is sharded by rows, its partial products added by an AllReduce Sum (CONTRACT COL-11).</summary>
/// <remarks>
/// <code>
/// sum_s b_s + gamma_h sum_s (|x_s| + b_s)       x_s the exact partial products, b_s the claim's bound on each, h the tree's depth
/// </code>
/// 0 where every partial product is exact and no addition of them can round. docs/collectives-numerics.md, section 6.
/// </remarks>
public static class ShardedBound
{
    private const int SignificandBits = 24;

    /// <summary>
    /// The bound, rounded up. Infinite where the claim says nothing about some shard, or the bound reaches sum |a_i b_i| of the whole element; 0 where the
    /// exact value is infinite or NaN and the claim is judged by IEEE 754.
    /// </summary>
    /// <param name="claim">The arithmetic of each card's matmul.</param>
    /// <param name="tree">The order of the AllReduce, over all cards, those without a shard among them.</param>
    /// <param name="whole">The unsharded element.</param>
    /// <param name="partials">Its <see cref="ShardedMatmul.Partials"/>.</param>
    /// <exception cref="ArgumentException">There are no partial products, or more than cards, or they are of another element or definition.</exception>
    public static double For(ArithmeticClaim claim, ReductionTree tree, in ExactElement whole, IReadOnlyList<ExactElement> partials)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(partials);
        if (partials.Count == 0 || partials.Count > tree.Cards)
        {
            throw new ArgumentException($"{partials.Count} partial products do not fit the tree {tree} of {tree.Cards} cards.", nameof(partials));
        }

        Int128 units = 0;
        double shardBounds = 0;
        double results = 0;
        foreach (ExactElement partial in partials)
        {
            double bound = ErrorBound.For(claim, partial);
            units += partial.Value.Units;
            shardBounds += bound;
            results += DirectedRounding.Up(partial.Value.MagnitudeUnits, ExactValue.UnitExponent) + bound;
        }

        if (whole.Value.IsFinite && units != whole.Value.Units)
        {
            throw new ArgumentException($"The partial products sum to {units} units of 2^-48, the element is {whole.Value.Units}.", nameof(partials));
        }

        if (double.IsPositiveInfinity(shardBounds) || !whole.Value.IsFinite)
        {
            return double.IsPositiveInfinity(shardBounds) ? shardBounds : 0;
        }

        bool isExact = shardBounds == 0 && AreExactInAnyOrder(partials);
        double total = isExact ? 0 : ErrorBound.UpwardFactor * (shardBounds + (ReductionBound.Gamma(tree.Depth) * results));
        bool saysSomething = total < whole.Magnitude || (total == 0 && whole.Magnitude == 0);
        return saysSomething ? total : double.PositiveInfinity;
    }

    /// <summary>Whether the sharded result may come from cards of that claim and an AllReduce of that tree: within <see cref="For"/>.</summary>
    /// <param name="claim">The arithmetic of each card's matmul.</param>
    /// <param name="tree">The order of the AllReduce.</param>
    /// <param name="whole">The unsharded element.</param>
    /// <param name="partials">Its <see cref="ShardedMatmul.Partials"/>.</param>
    /// <param name="actual">The result.</param>
    public static ElementJudgement Judge(
        ArithmeticClaim claim, ReductionTree tree, in ExactElement whole, IReadOnlyList<ExactElement> partials, float actual)
    {
        double bound = For(claim, tree, whole, partials);
        double error = whole.Value.Error(actual);
        Acceptance acceptance = double.IsPositiveInfinity(bound) ? Acceptance.NotExercised
            : error <= bound ? Acceptance.Accepted
            : Acceptance.Rejected;
        return new ElementJudgement(acceptance, error, bound);
    }

    /// <summary>Theorem 2 of docs/numerics.md for the partial products as they are: sum |x_s| &lt;= 2^24 g, g the greatest power of two that divides all.</summary>
    private static bool AreExactInAnyOrder(IReadOnlyList<ExactElement> partials)
    {
        UInt128 magnitude = 0;
        UInt128 anyBit = 0;
        foreach (ExactElement partial in partials)
        {
            magnitude += partial.Value.MagnitudeUnits;
            anyBit |= partial.Value.MagnitudeUnits;
        }

        int commonBits = (int)UInt128.TrailingZeroCount(anyBit);
        return anyBit == 0 || (magnitude >> commonBits) <= UInt128.One << SignificandBits;
    }
}

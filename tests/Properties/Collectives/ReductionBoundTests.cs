using System.Numerics;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Collectives;

/// <summary>The bounds of Sum and Avg accuse no tree of its own arithmetic, are never too small, and are nearly reached.</summary>
public sealed class ReductionBoundTests
{
    private const float U = 1f / (1 << 24);
    private const float Tiny = 1.401298464e-45f;
    private const float Max = float.MaxValue;
    private static readonly ReduceOperation[] Sums = [ReduceOperation.Sum, ReduceOperation.Avg];

    [Fact]
    public void Arithmetic_along_the_tree_is_never_rejected()
    {
        int judged = 0, unjudged = 0;
        for (ulong index = 0; index < 20_000; index++)
        {
            var stream = new SplitMix64(71, index);
            int cards = 1 + stream.Below(16);
            float[] terms = DrawnTerms.Draw(stream, cards);
            ReductionTree tree = DrawTree(stream, cards);
            foreach (ReduceOperation operation in Sums)
            {
                float actual = CollectiveReference.Reduce(operation, tree, ExtremumPolicy.HostMock, terms);
                ElementJudgement judgement = ReductionBound.Judge(operation, tree, ExactSum.Of(terms), actual);
                Assert.True(judgement.Acceptance != Acceptance.Rejected, $"index {index}, {operation} {tree}: {judgement}");
                judged += judgement.Acceptance == Acceptance.Accepted ? 1 : 0;
                unjudged += judgement.Acceptance == Acceptance.NotExercised ? 1 : 0;
            }
        }

        Assert.True(judged > 30_000 && unjudged > 100, $"{judged} accepted, {unjudged} not exercised");
    }

    // h S / (2^24 - h), and for Avg (h+1) S / ((2^24 - h - 1) N) + 2^-150, as fractions.
    [Fact]
    public void The_bound_is_the_formula_rounded_up()
    {
        int compared = 0;
        for (ulong index = 0; index < 5000; index++)
        {
            var stream = new SplitMix64(72, index);
            int cards = 2 + stream.Below(15);
            float[] terms = DrawnTerms.Draw(stream, cards);
            ReductionTree tree = DrawTree(stream, cards);
            var exact = ExactSum.Of(terms);
            double sum = ReductionBound.Sum(tree, terms);
            double average = ReductionBound.Avg(tree, terms);
            if (exact.IsExactInAnyOrder || double.IsInfinity(average))
            {
                continue;
            }

            BigInteger magnitude = terms.Aggregate(BigInteger.Zero, (total, term) => total + BigInteger.Abs(BigIntegerSum.Units(term)));
            AssertRoundedUp(tree.Depth * magnitude, (1 << 24) - tree.Depth, underflowHalves: 0, sum);
            AssertRoundedUp((tree.Depth + 1) * magnitude, ((1 << 24) - tree.Depth - 1) * (BigInteger)cards, underflowHalves: 1, average);
            compared++;
        }

        Assert.True(compared > 1000, $"only {compared} bounds compared");
    }

    // (2^24 + 1) / (2^24 - 1) = 1 + 2^-23 + 2^-47 + 2^-71 + .. units: the first three are a binary64, and too small.
    [Fact]
    public void A_bound_that_would_be_cut_off_just_below_is_rounded_up() => Assert.Equal(
        Math.BitIncrement(Math.ScaleB(1 + Math.ScaleB(1, -23) + Math.ScaleB(1, -47), -149)),
        ReductionBound.Sum(ReductionOrder.HostFold(2), [MathF.ScaleB(1, -125), Tiny]));

    // Bits 64 to 127 of S are 5555555555555555, three times which is all ones; the bits below carry one into them.
    [Fact]
    public void A_product_carries_from_limb_to_limb()
    {
        float[] terms = [MathF.ScaleB(0x55_5555, 104 - 149), MathF.ScaleB(0x55_5555, 80 - 149), MathF.ScaleB(0x5555, 64 - 149), MathF.ScaleB(1, 63 - 149)];
        AssertRoundedUp(
            3 * BigIntegerSum.Sum(terms), (1 << 24) - 3, underflowHalves: 0, ReductionBound.Sum(ReductionOrder.HostFold(4), terms));
    }

    // Every addition meets 1 and u, a tie that goes to 1: N - 1 errors of u in a chain, one a level in a balanced tree.
    [Theory]
    [InlineData("(0+1)")]
    [InlineData("(((0+1)+2)+3)")]
    [InlineData("((((((((0+1)+2)+3)+4)+5)+6)+7)+8)")]
    [InlineData("((0+1)+(2+3))")]
    [InlineData("(((0+1)+(2+3))+((4+5)+(6+7)))")]
    public void The_worst_sum_reaches_the_bound_but_for_a_millionth(string text)
    {
        var tree = ReductionTree.Parse(text);
        float[] terms = OneBesideHalfUnits(tree);
        float actual = CollectiveReference.Reduce(ReduceOperation.Sum, tree, ExtremumPolicy.HostMock, terms);
        ElementJudgement judgement = ReductionBound.Judge(ReduceOperation.Sum, tree, ExactSum.Of(terms), actual);
        Assert.InRange(judgement.ErrorOverBound, 1 - 2e-6, 1);
    }

    // The sum loses h u of 1 + h u; then 1 is divided by 3, 5, 9, which rounds.
    [Theory]
    [InlineData("((0+1)+2)", 0.83)]
    [InlineData("((((0+1)+2)+3)+4)", 0.89)]
    [InlineData("((((((((0+1)+2)+3)+4)+5)+6)+7)+8)", 0.94)]
    public void The_worst_mean_found_reaches_this_fraction_of_the_bound(string text, double fraction)
    {
        var tree = ReductionTree.Parse(text);
        double worst = 0;
        for (int step = 0; step < 64; step++)
        {
            float[] terms = OneBesideHalfUnits(tree);
            terms[0] += step * 2 * U;
            float actual = CollectiveReference.Reduce(ReduceOperation.Avg, tree, ExtremumPolicy.HostMock, terms);
            worst = Math.Max(worst, ReductionBound.Judge(ReduceOperation.Avg, tree, ExactSum.Of(terms), actual).ErrorOverBound);
        }

        Assert.InRange(worst, fraction, 1);
    }

    [Fact]
    public void A_chain_s_worst_error_is_beyond_the_bound_of_a_balanced_tree()
    {
        var chain = ReductionOrder.HostFold(8);
        float[] terms = OneBesideHalfUnits(chain);
        float actual = CollectiveReference.Reduce(ReduceOperation.Sum, chain, ExtremumPolicy.HostMock, terms);
        Assert.Equal(
            Acceptance.Rejected, ReductionBound.Judge(ReduceOperation.Sum, ReductionOrder.Doubling(8), ExactSum.Of(terms), actual).Acceptance);
    }

    [Fact]
    public void A_quotient_that_is_not_rounded_costs_Avg_its_bits()
    {
        // 2/3 by 0x3F2AAAAB; its neighbour is off by less than gamma_1 S / N, but nothing before the quotient can round.
        float[] terms = [1f, 1f, 0f];
        var tree = ReductionOrder.HostFold(3);
        float right = BitConverter.Int32BitsToSingle(0x3F2A_AAAB);
        Assert.Equal(Acceptance.Accepted, ReductionBound.Judge(ReduceOperation.Avg, tree, ExactSum.Of(terms), right).Acceptance);
        Assert.Equal(
            Acceptance.Rejected, ReductionBound.Judge(ReduceOperation.Avg, tree, ExactSum.Of(terms), MathF.BitDecrement(right)).Acceptance);
    }

    // 3 units over 2: 1 and 2 units are equally far, and 2 is even.
    [Theory]
    [InlineData(2, Acceptance.Accepted)]
    [InlineData(1, Acceptance.Rejected)]
    public void A_tie_of_the_quotient_has_one_right_side(int units, Acceptance expected) => Assert.Equal(
        expected,
        ReductionBound.Judge(ReduceOperation.Avg, ReductionOrder.HostFold(2), ExactSum.Of([3 * Tiny, 0f]), units * Tiny).Acceptance);

    [Theory]
    [InlineData(ReduceOperation.Sum)]
    [InlineData(ReduceOperation.Avg)]
    public void A_result_of_zero_is_rejected(ReduceOperation operation)
    {
        int judged = 0;
        for (ulong index = 0; index < 2000; index++)
        {
            var stream = new SplitMix64(73, index);
            int cards = 1 + stream.Below(16);
            float[] terms = [.. DrawnTerms.Draw(stream, cards).Select(MathF.Abs)];
            ElementJudgement judgement = ReductionBound.Judge(operation, ReductionOrder.HostFold(cards), ExactSum.Of(terms), 0f);
            // Means of a few subnormal units may round to 0.
            if (ExactSum.Of(terms).Average() != 0)
            {
                Assert.True(judgement.Acceptance != Acceptance.Accepted, $"index {index}: {judgement}");
                judged += judgement.Acceptance == Acceptance.Rejected ? 1 : 0;
            }
        }

        Assert.True(judged > 1500, $"only {judged} judged");
    }

    [Theory]
    [InlineData(ReduceOperation.Sum)]
    [InlineData(ReduceOperation.Avg)]
    public void An_error_of_one_millionth_more_than_the_bound_is_rejected(ReduceOperation operation)
    {
        float[] terms = [1f, 3f + (8 * U), 5f + (16 * U), 1e-9f];
        var exact = ExactSum.Of(terms);
        var tree = ReductionOrder.Doubling(4);
        double bound = ReductionBound.For(operation, tree, exact);
        double value = operation == ReduceOperation.Sum ? exact.ToSingle() : exact.Average();
        float outside = MathF.BitIncrement((float)(value + (bound * (1 + 1e-6))));
        float inside = MathF.BitDecrement((float)(value + bound));
        Assert.Equal(
            (Acceptance.Rejected, Acceptance.Accepted),
            (ReductionBound.Judge(operation, tree, exact, outside).Acceptance, ReductionBound.Judge(operation, tree, exact, inside).Acceptance));
    }

    [Theory]
    [InlineData(new[] { Max, Max, -Max }, Max)]
    [InlineData(new[] { Max, 1f, 0f }, Max)]
    [InlineData(new[] { 3.40282326e38f, 1.0141204801825835e31f, 0f }, Max)]
    [InlineData(new[] { float.PositiveInfinity, -Max, -Max }, float.NaN)]
    public void A_sum_that_might_overflow_is_not_exercised(float[] terms, float actual)
    {
        ArgumentNullException.ThrowIfNull(terms);
        Assert.Equal(
            Acceptance.NotExercised, ReductionBound.Judge(ReduceOperation.Sum, ReductionOrder.HostFold(3), ExactSum.Of(terms), actual).Acceptance);
    }

    [Theory]
    [InlineData(new[] { float.NaN, Max, Max }, float.NaN, float.PositiveInfinity)]
    [InlineData(new[] { float.PositiveInfinity, float.NegativeInfinity, Max }, float.NaN, float.PositiveInfinity)]
    [InlineData(new[] { float.NegativeInfinity, 1f, 2f }, float.NegativeInfinity, -Max)]
    public void Infinite_and_NaN_sums_have_one_right_result(float[] terms, float right, float wrong)
    {
        foreach (ReduceOperation operation in Sums)
        {
            var exact = ExactSum.Of(terms);
            var tree = ReductionOrder.Halving(3);
            Assert.Equal(
                (Acceptance.Accepted, Acceptance.Rejected),
                (ReductionBound.Judge(operation, tree, exact, right).Acceptance, ReductionBound.Judge(operation, tree, exact, wrong).Acceptance));
        }
    }

    [Fact]
    public void Max_has_no_bound() => Assert.Throws<ArgumentException>(
        () => ReductionBound.For(ReduceOperation.Max, ReductionOrder.HostFold(2), ExactSum.Of([1f, 2f])));

    [Fact]
    public void A_tree_over_other_cards_is_refused() => Assert.Throws<ArgumentException>(() => ReductionBound.Sum(ReductionOrder.HostFold(3), [1f, 2f]));

    /// <summary>1 on the left-most card; at each node of its way a right operand that sums to u, held by one card.</summary>
    private static float[] OneBesideHalfUnits(ReductionTree tree)
    {
        float[] terms = new float[tree.Cards];
        ReductionTree node = tree;
        for (; !node.IsLeaf; node = node.Left)
        {
            terms[node.Right.Card] = U;
        }

        terms[node.Card] = 1;
        return terms;
    }

    private static ReductionTree DrawTree(SplitMix64 stream, int cards) => stream.Below(4) switch
    {
        0 => ReductionOrder.Ring(cards, stream.Below(cards)),
        1 => ReductionOrder.Doubling(cards),
        2 => ReductionOrder.Halving(cards),
        _ => ReductionOrder.Binomial(cards),
    };

    private static void AssertRoundedUp(BigInteger numerator, BigInteger denominator, int underflowHalves, double bound)
    {
        // In units of 2^-350 a binary64 of at least 2^-200 is an integer; 2^-150 is 2^200 of them.
        BigInteger exact = ((numerator << (350 - 149)) / denominator) + ((BigInteger)underflowHalves << 200);
        BigInteger actual = (BigInteger)Math.ScaleB(bound, 350);
        Assert.True(actual > exact && actual - exact <= exact >> 51, $"{actual} for {exact}");
    }
}

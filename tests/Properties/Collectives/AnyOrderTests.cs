using Spanker.Conformance.Reference;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Collectives;

/// <summary>The set of all orders: as many trees as there must be, and the values that they give.</summary>
public sealed class AnyOrderTests
{
    private const float U = 1f / (1 << 24);
    private static readonly ExtremumPolicy[] Policies =
        [.. from nan in Enum.GetValues<NanPolicy>() from zero in Enum.GetValues<ZeroPolicy>() select new ExtremumPolicy(nan, zero)];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 3)]
    [InlineData(4, 15)]
    [InlineData(5, 105)]
    [InlineData(6, 945)]
    public void There_are_as_many_trees_as_the_double_factorial_of_2N_minus_3(int cards, int expected)
    {
        IReadOnlyList<ReductionTree> trees = AnyOrder.Trees(cards);
        Assert.Equal((expected, expected), (trees.Count, trees.Distinct().Count()));
        Assert.All(trees, tree => Assert.True(tree.IsOver(cards)));
    }

    [Fact]
    public void The_three_orders_of_three_cards() =>
        Assert.Equal(["((0+1)+2)", "((0+2)+1)", "(0+(1+2))"], AnyOrder.Trees(3).Select(tree => tree.ToString()).Order(StringComparer.Ordinal));

    // 1 + u is 1, twice; u + u is a whole unit in the last place of 1.
    [Fact]
    public void The_values_of_1_u_u_are_1_and_its_successor() => Assert.Equal(
        [1f, 1 + (2 * U)], AnyOrder.Values(ReduceOperation.Sum, ExtremumPolicy.HostMock, [1f, U, U]).Order());

    [Theory]
    [InlineData(new[] { 1f, U, U }, 1f, true)]
    [InlineData(new[] { 1f, U, U }, 1f + (2 * U), true)]
    [InlineData(new[] { 1f, U, U }, 1f + (4 * U), false)]
    [InlineData(new[] { 1f, U, U }, 1f - U, false)]
    [InlineData(new[] { 1e20f, 1f, -1e20f }, 0f, true)]
    [InlineData(new[] { 1e20f, 1f, -1e20f }, 1f, true)]
    [InlineData(new[] { 1e20f, 1f, -1e20f }, 2f, false)]
    [InlineData(new[] { float.MaxValue, float.MaxValue, -float.MaxValue }, float.PositiveInfinity, true)]
    [InlineData(new[] { float.MaxValue, float.MaxValue, -float.MaxValue }, float.MaxValue, true)]
    [InlineData(new[] { float.MaxValue, float.MaxValue, -float.MaxValue }, float.NaN, false)]
    public void A_sum_is_a_member_if_some_order_gives_it(float[] terms, float actual, bool isMember) =>
        Assert.Equal(isMember, AnyOrder.Contains(ReduceOperation.Sum, ExtremumPolicy.HostMock, terms, actual));

    // (1 + 2u) / 4 and 1 / 4 are quotients of the two sums; division by 4 is exact.
    [Theory]
    [InlineData(0.25f, true)]
    [InlineData(0.25f + (U / 2), true)]
    [InlineData(0.25f + U, false)]
    public void An_average_is_a_member_if_some_order_s_sum_gives_it(float actual, bool isMember) =>
        Assert.Equal(isMember, AnyOrder.Contains(ReduceOperation.Avg, ExtremumPolicy.HostMock, [1f, U, U, 0f], actual));

    [Theory]
    [InlineData(NanPolicy.Propagate, new[] { float.NaN })]
    [InlineData(NanPolicy.Ignore, new[] { 2f })]
    [InlineData(NanPolicy.Mock, new[] { float.NaN, 1f, 2f })]
    public void What_Max_may_give_beside_a_NaN_is_the_policy_s(NanPolicy nan, float[] expected) => Assert.Equal(
        expected.Order(), AnyOrder.Values(ReduceOperation.Max, new(nan, ZeroPolicy.Ordered), [1f, float.NaN, 2f]).Order());

    [Theory]
    [InlineData(ZeroPolicy.Ordered, false)]
    [InlineData(ZeroPolicy.Unordered, true)]
    public void A_zero_of_either_sign_is_a_member_only_where_zeros_are_unordered(ZeroPolicy zero, bool isMember) =>
        Assert.Equal(isMember, AnyOrder.Contains(ReduceOperation.Max, new(NanPolicy.Propagate, zero), [0f, -0f, -1f], -0f));

    [Fact]
    public void The_values_of_sums_are_those_of_the_trees_one_by_one()
    {
        int several = 0;
        for (ulong index = 0; index < 300; index++)
        {
            var stream = new SplitMix64(81, index);
            float[] terms = DrawnTerms.Draw(stream, 1 + stream.Below(6));
            foreach (ReduceOperation operation in (ReduceOperation[])[ReduceOperation.Sum, ReduceOperation.Avg])
            {
                IEnumerable<float> expected = AnyOrder.Trees(terms.Length)
                    .Select(tree => CollectiveReference.Reduce(operation, tree, ExtremumPolicy.HostMock, terms)).Distinct().Order();
                IReadOnlyList<float> actual = AnyOrder.Values(operation, ExtremumPolicy.HostMock, terms);
                Assert.Equal(expected, actual.Order());
                several += actual.Count > 3 ? 1 : 0;
            }
        }

        Assert.True(several > 50, $"only {several} sets of more than three values");
    }

    [Fact]
    public void What_any_tree_gives_is_a_member()
    {
        float[] special = [0f, -0f, float.NaN, 1f, -1f, float.PositiveInfinity];
        for (ulong index = 0; index < 500; index++)
        {
            var stream = new SplitMix64(82, index);
            float[] terms = [.. Enumerable.Range(0, 1 + stream.Below(5)).Select(_ => special[stream.Below(special.Length)])];
            IReadOnlyList<ReductionTree> trees = AnyOrder.Trees(terms.Length);
            ReductionTree tree = Mirrored(trees[stream.Below(trees.Count)], stream);
            ExtremumPolicy policy = Policies[stream.Below(Policies.Length)];
            foreach (ReduceOperation operation in Enum.GetValues<ReduceOperation>())
            {
                float actual = CollectiveReference.Reduce(operation, tree, policy, terms);
                Assert.True(AnyOrder.Contains(operation, policy, terms, actual), $"index {index}: {operation} {tree} {policy} gives {actual:R}");
            }
        }
    }

    [Fact]
    public void Seven_cards_are_too_many() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => AnyOrder.Values(ReduceOperation.Sum, ExtremumPolicy.HostMock, new float[7]));

    private static ReductionTree Mirrored(ReductionTree tree, SplitMix64 stream)
    {
        if (tree.IsLeaf)
        {
            return tree;
        }

        (ReductionTree left, ReductionTree right) = (Mirrored(tree.Left, stream), Mirrored(tree.Right, stream));
        return stream.OneIn(2) ? ReductionTree.Node(right, left) : ReductionTree.Node(left, right);
    }
}

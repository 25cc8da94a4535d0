using Spanker.Conformance.Reference;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Collectives;

/// <summary>The trees of the algorithms, written out by hand from how each algorithm sends.</summary>
public sealed class ReductionOrderTests
{
    /// <summary>ceil(log2 N) for N = 1 to 16.</summary>
    private static readonly int[] Logarithms = [0, 1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4];

    public static TheoryData<string, Func<int, ReductionTree>, bool> Orders => new()
    {
        { "host", ReductionOrder.HostFold, false },
        { "ring 0", cards => ReductionOrder.Ring(cards, 0), false },
        { "ring N-1", cards => ReductionOrder.Ring(cards, cards - 1), false },
        { "ring N/2", cards => ReductionOrder.Ring(cards, cards / 2), false },
        { "doubling", ReductionOrder.Doubling, true },
        { "halving", ReductionOrder.Halving, true },
        { "binomial", ReductionOrder.Binomial, true },
    };

    [Theory]
    [InlineData(1, "0")]
    [InlineData(4, "(((0+1)+2)+3)")]
    public void The_host_folds_from_left_to_right(int cards, string expected) => Assert.Equal(expected, ReductionOrder.HostFold(cards).ToString());

    // From card 2 of 4: 2 sends x2, 3 adds x3; 3 sends, 0 adds x0, which is lower than card 2; 0 sends, 1 adds x1, which is higher than card 0.
    [Theory]
    [InlineData(4, 0, "(((0+1)+2)+3)")]
    [InlineData(4, 1, "(0+((1+2)+3))")]
    [InlineData(4, 2, "((0+(2+3))+1)")]
    [InlineData(4, 3, "(((0+3)+1)+2)")]
    [InlineData(2, 1, "(0+1)")]
    [InlineData(1, 0, "0")]
    public void A_ring_adds_in_the_order_of_the_chunk_s_way(int cards, int start, string expected) =>
        Assert.Equal(expected, ReductionOrder.Ring(cards, start).ToString());

    [Theory]
    [InlineData(2, "(0+1)")]
    [InlineData(3, "((0+1)+2)")]
    [InlineData(4, "((0+1)+(2+3))")]
    [InlineData(5, "(((0+1)+2)+(3+4))")]
    [InlineData(6, "(((0+1)+(2+3))+(4+5))")]
    [InlineData(7, "(((0+1)+(2+3))+((4+5)+6))")]
    [InlineData(8, "(((0+1)+(2+3))+((4+5)+(6+7)))")]
    public void Doubling_joins_neighbours_first(int cards, string expected) => Assert.Equal(expected, ReductionOrder.Doubling(cards).ToString());

    [Theory]
    [InlineData(2, "(0+1)")]
    [InlineData(3, "((0+1)+2)")]
    [InlineData(4, "((0+2)+(1+3))")]
    [InlineData(5, "(((0+1)+3)+(2+4))")]
    [InlineData(8, "(((0+4)+(2+6))+((1+5)+(3+7)))")]
    public void Halving_joins_the_farthest_first(int cards, string expected) => Assert.Equal(expected, ReductionOrder.Halving(cards).ToString());

    [Theory]
    [InlineData(3, "((0+1)+2)")]
    [InlineData(5, "(((0+1)+(2+3))+4)")]
    [InlineData(6, "(((0+1)+(2+3))+(4+5))")]
    [InlineData(7, "(((0+1)+(2+3))+((4+5)+6))")]
    public void A_binomial_tree_gathers_to_card_0(int cards, string expected) => Assert.Equal(expected, ReductionOrder.Binomial(cards).ToString());

    [Theory]
    [MemberData(nameof(Orders))]
    public void Depth_is_N_minus_1_for_chains_and_the_logarithm_rounded_up_for_trees(string name, Func<int, ReductionTree> order, bool isBalanced)
    {
        ArgumentNullException.ThrowIfNull(order);
        for (int cards = 1; cards <= 16; cards++)
        {
            ReductionTree tree = order(cards);
            Assert.True(tree.IsOver(cards), $"{name}: {tree} is not over {cards} cards");
            Assert.Equal(isBalanced ? Logarithms[cards - 1] : cards - 1, tree.Depth);
        }
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Every_node_has_the_lower_card_s_value_first(string name, Func<int, ReductionTree> order, bool isBalanced)
    {
        ArgumentNullException.ThrowIfNull(order);
        _ = isBalanced;
        Assert.All(Enumerable.Range(1, 16), cards => Assert.True(IsLowerFirst(order(cards)), $"{name}: {order(cards)}"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(65)]
    public void No_cards_or_too_many_are_refused(int cards) => Assert.Throws<ArgumentOutOfRangeException>(() => ReductionOrder.Halving(cards));

    private static bool IsLowerFirst(ReductionTree tree) =>
        tree.IsLeaf || (tree.Left.Card < tree.Right.Card && IsLowerFirst(tree.Left) && IsLowerFirst(tree.Right));
}

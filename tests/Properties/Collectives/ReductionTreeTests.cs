using FsCheck.Xunit;
using Spanker.Conformance.Reference;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Collectives;

/// <summary>Reduction trees as data: text, depth, equality, and which trees there are not.</summary>
public sealed class ReductionTreeTests
{
    [Theory]
    [InlineData("0", 0, 1)]
    [InlineData("(0+1)", 1, 2)]
    [InlineData("((0+1)+2)", 2, 3)]
    [InlineData("((0+1)+(2+3))", 2, 4)]
    [InlineData("(3+(1+(0+2)))", 3, 4)]
    [InlineData("(63+10)", 1, 2)]
    public void A_tree_parses_back_to_its_text_and_has_its_depth(string text, int depth, int cards)
    {
        var tree = ReductionTree.Parse(text);
        Assert.Equal((text, depth, cards), (tree.ToString(), tree.Depth, tree.Cards));
    }

    [Theory]
    [InlineData("", "Character 1")]
    [InlineData("a", "Character 1")]
    [InlineData("00", "Character 1")]
    [InlineData("64", "a card, 0 to 63")]
    [InlineData("123", "Character 3 of a reduction tree: expected the end")]
    [InlineData("0 ", "expected the end")]
    [InlineData("(0)", "Character 3 of a reduction tree: expected '+'")]
    [InlineData("(0+1", "Character 5 of a reduction tree: expected ')'")]
    [InlineData("(0+-1)", "Character 4")]
    [InlineData("((0+1)+1)", "Character 8 of a reduction tree: a card comes twice")]
    public void What_is_no_tree_is_refused_with_its_place(string text, string problem)
    {
        Assert.Contains(problem, Assert.Throws<ArgumentException>(() => ReductionTree.Parse(text)).Message, StringComparison.Ordinal);
        Assert.False(ReductionTree.TryParse(text, out _));
    }

    [Fact]
    public void Brackets_without_end_are_refused_before_they_are_read() => Assert.Contains(
        "at most 317 characters",
        Assert.Throws<ArgumentException>(() => ReductionTree.Parse(new string('(', 1_000_000))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void The_longest_tree_is_read()
    {
        string text = ReductionOrder.HostFold(ReductionTree.MaxCards).ToString();
        Assert.Equal(63, ReductionTree.Parse(text).Depth);
    }

    [Property]
    public bool Any_tree_parses_back_to_an_equal_one(byte[] joins)
    {
        ArgumentNullException.ThrowIfNull(joins);
        List<ReductionTree> parts = [.. Enumerable.Range(0, 1 + Math.Min(joins.Length, 20)).Select(ReductionTree.Leaf)];
        foreach (byte join in joins.Take(parts.Count - 1))
        {
            ReductionTree first = parts[join % parts.Count];
            parts.Remove(first);
            ReductionTree second = parts[join / 16 % parts.Count];
            parts.Remove(second);
            parts.Add(ReductionTree.Node(first, second));
        }

        var read = ReductionTree.Parse(parts[0].ToString());
        return read.Equals(parts[0]) && read.GetHashCode() == parts[0].GetHashCode() && read.Depth == parts[0].Depth;
    }

    [Fact]
    public void Operands_have_an_order() => Assert.NotEqual(ReductionTree.Parse("(0+1)"), ReductionTree.Parse("(1+0)"));

    [Fact]
    public void A_partial_result_is_as_low_as_its_lowest_card() => Assert.Equal(
        "((0+3)+(1+2))", ReductionTree.LowerFirst(ReductionTree.Parse("(1+2)"), ReductionTree.Parse("(0+3)")).ToString());

    [Theory]
    [InlineData("(0+1)", 2, true)]
    [InlineData("(1+2)", 2, false)]
    [InlineData("(0+2)", 2, false)]
    [InlineData("(0+1)", 3, false)]
    [InlineData("(0+1)", 1, false)]
    [InlineData("0", 0, false)]
    public void A_tree_is_over_N_cards_if_its_leaves_are_just_these(string text, int cards, bool isOver) =>
        Assert.Equal(isOver, ReductionTree.Parse(text).IsOver(cards));

    [Fact]
    public void A_card_cannot_be_added_twice() =>
        Assert.Throws<ArgumentException>(() => ReductionTree.Node(ReductionTree.Parse("(0+1)"), ReductionTree.Leaf(1)));
}

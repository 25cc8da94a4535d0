using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Spanker.Conformance.Reference;

/// <summary>The order in which the cards' values of one element are combined: a binary tree whose leaves are cards, each at most once.</summary>
/// <remarks>
/// <code>
/// text := card | '(' text '+' text ')'          card := 0 .. 63 in decimal, without leading zeros
/// ((0+1)+2)     card 1's value is added to card 0's, then card 2's to that sum
/// </code>
/// Operands have an order, which Sum does not see but Max and Min under policy mock do. A device that declares a tree means it as it stands.
/// </remarks>
public sealed class ReductionTree : IEquatable<ReductionTree>
{
    /// <summary>Cards are numbered 0 to 63.</summary>
    public const int MaxCards = 64;

    private readonly ulong members;

    private ReductionTree(int card)
    {
        Card = card;
        members = 1UL << card;
    }

    private ReductionTree(ReductionTree left, ReductionTree right)
    {
        (Left, Right) = (left, right);
        Card = Math.Min(left.Card, right.Card);
        members = left.members | right.members;
        Depth = 1 + Math.Max(left.Depth, right.Depth);
    }

    /// <summary>A leaf's card; for a partial result the lowest card in it.</summary>
    public int Card { get; }

    /// <summary>The left operand; null for a leaf.</summary>
    public ReductionTree? Left { get; }

    /// <summary>The right operand; null for a leaf.</summary>
    public ReductionTree? Right { get; }

    /// <summary>Whether this is one card's value.</summary>
    [MemberNotNullWhen(false, nameof(Left), nameof(Right))]
    public bool IsLeaf => Left is null;

    /// <summary>h, the most combinations that any card's value passes through on its way to the root; 0 for a leaf.</summary>
    public int Depth { get; }

    /// <summary>Number of leaves.</summary>
    public int Cards => BitOperations.PopCount(members);

    /// <summary>The value of one card.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No card has that number.</exception>
    public static ReductionTree Leaf(int card)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(card);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(card, MaxCards);
        return new ReductionTree(card);
    }

    /// <summary>Two values combined, in this order.</summary>
    /// <exception cref="ArgumentException">A card is in both.</exception>
    public static ReductionTree Node(ReductionTree left, ReductionTree right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ulong both = left.members & right.members;
        return both == 0
            ? new ReductionTree(left, right)
            : throw new ArgumentException($"Card {BitOperations.TrailingZeroCount(both)} is in {left} and in {right}.", nameof(right));
    }

    /// <summary>
    /// Two values combined as both partners of a step do it: the lower card's value first. A partial result counts as the lowest card whose value is in
    /// it, wherever it lies and whoever computed it.
    /// </summary>
    /// <exception cref="ArgumentException">A card is in both.</exception>
    public static ReductionTree LowerFirst(ReductionTree one, ReductionTree other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return one.Card <= other.Card ? Node(one, other) : Node(other, one);
    }

    /// <summary>Whether the leaves are cards 0 .. <paramref name="cards"/> - 1, all of them.</summary>
    public bool IsOver(int cards) => Cards == cards && BitOperations.Log2(members) == cards - 1;

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="ArgumentException">The text is no tree: where, and what would be right.</exception>
    public static ReductionTree Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ReductionTreeText.Read(text, out string problem) ?? throw new ArgumentException(problem, nameof(text));
    }

    /// <summary>Reads what <see cref="ToString"/> writes, or says that it is no tree.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ReductionTree? tree)
    {
        tree = text is null ? null : ReductionTreeText.Read(text, out _);
        return tree is not null;
    }

    /// <inheritdoc/>
    public bool Equals(ReductionTree? other) =>
        other is not null && members == other.members && Card == other.Card && Equals(Left, other.Left) && Equals(Right, other.Right);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ReductionTree);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(members, Left, Right);

    /// <summary>The tree as text, <c>((0+1)+2)</c>.</summary>
    public override string ToString() => ReductionTreeText.Write(this);
}

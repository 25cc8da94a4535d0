using System.Numerics;

namespace Spanker.Conformance.Reference;

/// <summary>What an undeclared order may give: the values of all binary trees over up to six cards (CONTRACT COL-8).</summary>
/// <remarks>
/// There are (2N - 3)!! trees of a commutative operation: 1, 1, 3, 15, 105, 945 for N = 1 to 6. Where operands have an order (Max and Min
/// under policy mock, or with unordered zeros), either may come first at every node. The values of a set of cards are those of every way to part it.
/// </remarks>
public static class AnyOrder
{
    /// <summary>The most cards whose orders are enumerated.</summary>
    public const int MaxCards = 6;

    /// <summary>Every tree over cards 0 .. N - 1 with the lower card's value first at each node, without repetition.</summary>
    /// <param name="cards">N, 1 to 6.</param>
    public static IReadOnlyList<ReductionTree> Trees(int cards)
    {
        CheckCards(cards);
        var trees = new List<ReductionTree>[1 << cards];
        for (int set = 1; set < trees.Length; set++)
        {
            trees[set] = BitOperations.IsPow2(set) ? [ReductionTree.Leaf(BitOperations.Log2((uint)set))] : [];
            foreach (int left in PartsWithLowest(set))
            {
                trees[set].AddRange(trees[left].SelectMany(_ => trees[set & ~left], ReductionTree.Node));
            }
        }

        return trees[^1];
    }

    /// <summary>Every value that some order gives, each once: any NaN is one value, zeros of both signs are two.</summary>
    /// <param name="operation">What is computed; Avg divides the sum by N.</param>
    /// <param name="policy">NaNs and zeros under Max and Min.</param>
    /// <param name="terms">x_i, 1 to 6 of them.</param>
    public static IReadOnlyList<float> Values(ReduceOperation operation, ExtremumPolicy policy, ReadOnlySpan<float> terms)
    {
        CheckCards(terms.Length);
        var values = new HashSet<uint>[1 << terms.Length];
        for (int set = 1; set < values.Length; set++)
        {
            values[set] = BitOperations.IsPow2(set) ? [Bits(terms[BitOperations.Log2((uint)set)])] : [];
            foreach (int part in PartsWithLowest(set))
            {
                AddAll(values[set], operation, policy, values[part], values[set & ~part]);
            }
        }

        int cards = terms.Length;
        return [.. values[^1].Select(root => Bits(ReduceStep.Finish(operation, BitConverter.UInt32BitsToSingle(root), cards))).Distinct().Select(BitConverter.UInt32BitsToSingle)];
    }

    /// <summary>Whether a result is the value of some order; zeros of Max and Min are compared as the policy has them.</summary>
    /// <param name="operation">What is computed.</param>
    /// <param name="policy">NaNs and zeros under Max and Min.</param>
    /// <param name="terms">x_i, 1 to 6 of them.</param>
    /// <param name="actual">The result.</param>
    public static bool Contains(ReduceOperation operation, ExtremumPolicy policy, ReadOnlySpan<float> terms, float actual) =>
        Values(operation, policy, terms).Any(value => CollectiveReference.IsExpected(operation, policy, value, actual));

    private static void AddAll(HashSet<uint> destination, ReduceOperation operation, ExtremumPolicy policy, HashSet<uint> one, HashSet<uint> other)
    {
        foreach (float x in one.Select(BitConverter.UInt32BitsToSingle))
        {
            foreach (float y in other.Select(BitConverter.UInt32BitsToSingle))
            {
                destination.Add(Bits(ReduceStep.Combine(operation, policy, x, y)));
                destination.Add(Bits(ReduceStep.Combine(operation, policy, y, x)));
            }
        }
    }

    /// <summary>Each way to part a set of at least two cards in two, named by the part that holds the lowest card.</summary>
    private static IEnumerable<int> PartsWithLowest(int set)
    {
        int lowest = set & -set;
        for (int part = (set - 1) & set; part > 0; part = (part - 1) & set)
        {
            if ((part & lowest) != 0)
            {
                yield return part;
            }
        }
    }

    private static uint Bits(float value) => BitConverter.SingleToUInt32Bits(float.IsNaN(value) ? float.NaN : value);

    private static void CheckCards(int cards)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cards, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cards, MaxCards);
    }
}

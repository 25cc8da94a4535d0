using System.Numerics;

namespace Spanker.Conformance.Reference;

/// <summary>The trees of the field's algorithms, for any number of cards. Every node has the lower card's value first.</summary>
/// <remarks>
/// R. Thakur, R. Rabenseifner and W. Gropp, Optimization of collective communication operations in MPICH, Int. J. High Performance Computing
/// Applications 19 (2005) 49-66, describes ring, recursive halving and doubling, and the fold of the cards beyond a power of two.
/// </remarks>
public static class ReductionOrder
{
    /// <summary>Upstream's host mock: card 0's value takes 1, 2, .. in order, <c>(((0+1)+2)+3)</c>; h = N - 1.</summary>
    public static ReductionTree HostFold(int cards) => Ring(cards, start: 0);

    /// <summary>
    /// A chunk's way round a ring from card s: x_s is combined with x_(s+1), that with x_(s+2), and so on, modulo N; h = N - 1.
    /// Where the chunk passes from card N - 1 to card 0, card 0's value comes first: <c>((0+(2+3))+1)</c> for N = 4, s = 2.
    /// </summary>
    public static ReductionTree Ring(int cards, int start)
    {
        CheckCards(cards);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(start, cards);
        var partial = ReductionTree.Leaf(start);
        for (int step = 1; step < cards; step++)
        {
            partial = ReductionTree.LowerFirst(partial, ReductionTree.Leaf((start + step) % cards));
        }

        return partial;
    }

    /// <summary>
    /// Recursive doubling: partners at distance 1, 2, 4, .. With P the greatest power of two up to N, cards 2i and 2i + 1 are first combined for
    /// i &lt; N - P, which leaves P groups; <c>(((0+1)+2)+(3+4))</c> for N = 5. h = ceil(log2 N).
    /// </summary>
    public static ReductionTree Doubling(int cards)
    {
        List<ReductionTree> groups = PowerOfTwoGroups(cards);
        while (groups.Count > 1)
        {
            groups = [.. groups.Chunk(2).Select(pair => ReductionTree.LowerFirst(pair[0], pair[1]))];
        }

        return groups[0];
    }

    /// <summary>
    /// Recursive halving: partners at distance P/2, P/4, .., 1, over the same groups as <see cref="Doubling"/>; <c>((0+2)+(1+3))</c> for N = 4.
    /// All chunks have the same tree. h = ceil(log2 N).
    /// </summary>
    public static ReductionTree Halving(int cards)
    {
        List<ReductionTree> groups = PowerOfTwoGroups(cards);
        while (groups.Count > 1)
        {
            int half = groups.Count / 2;
            groups = [.. groups.Take(half).Zip(groups.Skip(half), ReductionTree.LowerFirst)];
        }

        return groups[0];
    }

    /// <summary>
    /// A binomial tree to card 0: in the round of distance d = 1, 2, 4, .. each card r that is a multiple of 2d takes what card r + d has gathered, if
    /// there is such a card; <c>(((0+1)+(2+3))+4)</c> for N = 5. h = ceil(log2 N).
    /// </summary>
    public static ReductionTree Binomial(int cards)
    {
        CheckCards(cards);
        List<ReductionTree> gathered = [.. Enumerable.Range(0, cards).Select(ReductionTree.Leaf)];
        while (gathered.Count > 1)
        {
            gathered = [.. gathered.Chunk(2).Select(pair => pair.Length == 2 ? ReductionTree.LowerFirst(pair[0], pair[1]) : pair[0])];
        }

        return gathered[0];
    }

    private static List<ReductionTree> PowerOfTwoGroups(int cards)
    {
        CheckCards(cards);
        int powerOfTwo = 1 << BitOperations.Log2((uint)cards);
        int pairs = cards - powerOfTwo;
        return
        [
            .. Enumerable.Range(0, pairs).Select(i => ReductionTree.Node(ReductionTree.Leaf(2 * i), ReductionTree.Leaf((2 * i) + 1))),
            .. Enumerable.Range(2 * pairs, powerOfTwo - pairs).Select(ReductionTree.Leaf),
        ];
    }

    private static void CheckCards(int cards)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cards, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cards, ReductionTree.MaxCards);
    }
}

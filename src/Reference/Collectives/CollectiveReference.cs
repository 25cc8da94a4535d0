namespace Spanker.Conformance.Reference;

/// <summary>Collectives by definition (CONTRACT COL-1, COL-2, COL-8): what every card holds after the call.</summary>
/// <remarks>What a device must refuse, and in which order it looks (COL-3 to COL-5), is the device contract's; here buffers that do not fit are a caller's mistake.</remarks>
public static class CollectiveReference
{
    // One block a level of the tree lies on the stack: 63 of 2 KiB at most.
    private const int BlockElements = 512;

    /// <summary>The values of one element, combined along a tree in binary32; Avg then divides by the number of cards.</summary>
    /// <param name="operation">What to compute.</param>
    /// <param name="tree">The order, over exactly these cards.</param>
    /// <param name="policy">NaNs and zeros under Max and Min; Sum and Avg do not look at it.</param>
    /// <param name="terms">x_i, one a card.</param>
    /// <exception cref="ArgumentException">The tree is over other cards.</exception>
    public static float Reduce(ReduceOperation operation, ReductionTree tree, ExtremumPolicy policy, ReadOnlySpan<float> terms)
    {
        CheckTree(tree, terms.Length);
        return ReduceStep.Finish(operation, Evaluate(operation, tree, policy, terms), terms.Length);
    }

    /// <summary>AllReduce: element i of the result reduces element i of every buffer. To judge a chunk with a tree of its own, pass slices.</summary>
    /// <param name="operation">What to compute.</param>
    /// <param name="buffers">One buffer a card, all of one length; at least one.</param>
    /// <param name="tree">The order of every element.</param>
    /// <param name="policy">NaNs and zeros under Max and Min.</param>
    /// <param name="destination">As long as a buffer, and may be one of them.</param>
    /// <exception cref="ArgumentException">Lengths differ, or the tree is over other cards.</exception>
    public static void AllReduce(
        ReduceOperation operation, IReadOnlyList<ReadOnlyMemory<float>> buffers, ReductionTree tree, ExtremumPolicy policy, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(buffers);
        CheckTree(tree, buffers.Count);
        foreach (ReadOnlyMemory<float> buffer in buffers)
        {
            if (buffer.Length != destination.Length)
            {
                throw new ArgumentException($"A buffer of {buffer.Length} elements beside a destination of {destination.Length}.", nameof(buffers));
            }
        }

        Span<float> block = stackalloc float[BlockElements];
        for (int start = 0; start < destination.Length; start += BlockElements)
        {
            Span<float> part = block[..Math.Min(BlockElements, destination.Length - start)];
            EvaluateBlock(operation, tree, policy, buffers, start, part);
            for (int i = 0; i < part.Length; i++)
            {
                destination[start + i] = ReduceStep.Finish(operation, part[i], buffers.Count);
            }
        }
    }

    /// <summary>AllGather: the buffers joined in topology order.</summary>
    /// <param name="buffers">One buffer a card.</param>
    /// <param name="destination">As long as all buffers together.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public static void AllGather(IReadOnlyList<ReadOnlyMemory<float>> buffers, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(buffers);
        long elements = buffers.Sum(buffer => (long)buffer.Length);
        if (elements != destination.Length)
        {
            throw new ArgumentException($"{elements} elements do not fill a destination of {destination.Length}.", nameof(destination));
        }

        int start = 0;
        foreach (ReadOnlyMemory<float> buffer in buffers)
        {
            buffer.Span.CopyTo(destination[start..]);
            start += buffer.Length;
        }
    }

    /// <summary>
    /// Whether a result is the expected one: the same bits; any NaN equals any NaN, and under Max and Min with unordered zeros a zero of
    /// either sign equals the other. That all cards agree is for the caller to see.
    /// </summary>
    public static bool IsExpected(ReduceOperation operation, ExtremumPolicy policy, float expected, float actual)
    {
        if (BitConverter.SingleToUInt32Bits(expected) == BitConverter.SingleToUInt32Bits(actual) || (float.IsNaN(expected) && float.IsNaN(actual)))
        {
            return true;
        }

        bool isSignFree = operation is ReduceOperation.Max or ReduceOperation.Min && policy.Zero == ZeroPolicy.Unordered;
        return isSignFree && expected == 0 && actual == 0;
    }

    private static float Evaluate(ReduceOperation operation, ReductionTree tree, ExtremumPolicy policy, ReadOnlySpan<float> terms) => tree.IsLeaf
        ? terms[tree.Card]
        : ReduceStep.Combine(
            operation, policy, Evaluate(operation, tree.Left, policy, terms), Evaluate(operation, tree.Right, policy, terms));

    private static void EvaluateBlock(
        ReduceOperation operation, ReductionTree tree, ExtremumPolicy policy, IReadOnlyList<ReadOnlyMemory<float>> buffers, int start, Span<float> destination)
    {
        if (tree.IsLeaf)
        {
            buffers[tree.Card].Span.Slice(start, destination.Length).CopyTo(destination);
            return;
        }

        Span<float> right = stackalloc float[destination.Length];
        EvaluateBlock(operation, tree.Left, policy, buffers, start, destination);
        EvaluateBlock(operation, tree.Right, policy, buffers, start, right);
        ReduceStep.Combine(operation, policy, right, destination);
    }

    private static void CheckTree(ReductionTree tree, int cards)
    {
        ArgumentNullException.ThrowIfNull(tree);
        if (!tree.IsOver(cards))
        {
            throw new ArgumentException($"The tree {tree} is not over the cards 0 to {cards - 1}.", nameof(tree));
        }
    }
}

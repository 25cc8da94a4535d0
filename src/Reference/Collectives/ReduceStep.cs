namespace Spanker.Conformance.Reference;

/// <summary>One step of a reduction in binary32: two values become one.</summary>
internal static class ReduceStep
{
    /// <summary>The left operand joined with the right one. Sum and Avg add, rounded to nearest even.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such operation.</exception>
    public static float Combine(ReduceOperation operation, ExtremumPolicy policy, float left, float right) => operation switch
    {
        ReduceOperation.Sum or ReduceOperation.Avg => left + right,
        ReduceOperation.Max => Extremum(policy, left, right, isRightBetter: right > left, isRightBetterZero: float.IsNegative(left)),
        ReduceOperation.Min => Extremum(policy, left, right, isRightBetter: right < left, isRightBetterZero: float.IsNegative(right)),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "no such operation"),
    };

    /// <summary>Left operands joined with right ones, element by element; the left ones are where the results go.</summary>
    public static void Combine(ReduceOperation operation, ExtremumPolicy policy, ReadOnlySpan<float> right, Span<float> leftAndDestination)
    {
        if (operation is ReduceOperation.Sum or ReduceOperation.Avg)
        {
            for (int i = 0; i < leftAndDestination.Length && i < right.Length; i++)
            {
                leftAndDestination[i] += right[i];
            }

            return;
        }

        for (int i = 0; i < leftAndDestination.Length; i++)
        {
            leftAndDestination[i] = Combine(operation, policy, leftAndDestination[i], right[i]);
        }
    }

    /// <summary>What is done to the root's value: Avg divides it by the number of cards.</summary>
    public static float Finish(ReduceOperation operation, float root, int cards) => operation == ReduceOperation.Avg ? root / cards : root;

    private static float Extremum(ExtremumPolicy policy, float left, float right, bool isRightBetter, bool isRightBetterZero)
    {
        if (float.IsNaN(left) || float.IsNaN(right))
        {
            return policy.Nan switch
            {
                NanPolicy.Propagate => float.NaN,
                NanPolicy.Ignore => float.IsNaN(left) ? right : left,
                _ => left,
            };
        }

        bool areOrderedZeros = policy.Zero == ZeroPolicy.Ordered && left == 0 && right == 0;
        return (areOrderedZeros ? isRightBetterZero : isRightBetter) ? right : left;
    }
}

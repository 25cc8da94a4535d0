using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>COL-8 for a device that does not tell its order: each result is the value of some order of up to 6 cards, and within the bound of any tree beyond.</summary>
/// <remarks>
/// A tree over N cards is at most N - 1 deep, so the chain's bound holds for every one of them. Elements are judged one by one: that one order explains all of
/// them is not asked. Max and Min depend on the order under the policy `mock` alone.
/// </remarks>
internal static class UndeclaredOrder
{
    /// <summary>The first element that no order gives, or null.</summary>
    internal static Deviation? Compare(ExtremumPolicy policy, ReduceOperation operation, CollectiveTrial done)
    {
        float[] terms = new float[done.Before.Count];
        for (int index = 0; index < done.Before[0].Length; index++)
        {
            for (int card = 0; card < terms.Length; card++)
            {
                terms[card] = done.Before[card][index];
            }

            for (int card = 0; card < terms.Length; card++)
            {
                float actual = done.Buffer(card)[index];
                if (Wanted(policy, operation, terms, actual) is string wanted)
                {
                    return new Deviation($"element {index} of card {card} is {NumberText.Of(actual)}, {wanted}", wanted, NumberText.Of(actual));
                }
            }
        }

        return null;
    }

    /// <summary>What would be right, in words; null if the result is.</summary>
    private static string? Wanted(ExtremumPolicy policy, ReduceOperation operation, float[] terms, float actual)
    {
        if (terms.Length <= AnyOrder.MaxCards)
        {
            return AnyOrder.Contains(operation, policy, terms, actual) ? null : $"which no order of the {terms.Length} values gives";
        }

        ReductionTree chain = ReductionOrder.HostFold(terms.Length);
        if (operation is ReduceOperation.Max or ReduceOperation.Min)
        {
            float expected = CollectiveReference.Reduce(operation, chain, policy, terms);

            // With a NaN among them the order decides which of the values stays; without one it decides nothing.
            bool isRight = policy.Nan == NanPolicy.Mock && terms.Any(float.IsNaN)
                ? terms.Any(term => CollectiveReference.IsExpected(operation, policy, term, actual))
                : CollectiveReference.IsExpected(operation, policy, expected, actual);
            return isRight ? null : $"expected {NumberText.Of(expected)}";
        }

        ElementJudgement judged = ReductionBound.Judge(operation, chain, ExactSum.Of(terms), actual);
        return judged.Acceptance == Acceptance.Rejected ? $"which is {NumberText.Short(judged.Error)} off, more than the bound {NumberText.Short(judged.Bound)} of any order" : null;
    }
}

using Spanker.Conformance.Collectives;
using Spanker.Conformance.Device;

namespace Spanker.Conformance.Zoo;

/// <summary>Sails that combine the cards' values in an order which they do not tell: it begins at another card for each element.</summary>
internal static class UntoldOrder
{
    /// <summary>Such a Sail.</summary>
    /// <param name="passed">What becomes of a value on its way.</param>
    public static PatchedSail Sail(Func<float, float> passed) =>
        new(PatchedSail.Claim with { Collectives = SimCards.Declare("ring") with { Algorithm = "an order that is not told", OrderOf = null } })
        {
            Gather = HostFold.AllGather,
            Reduce = (sails, operation, buffers) =>
            {
                DeviceError? refusal = HostFold.CheckShapes(sails, HostFold.LengthsOf(buffers));
                refusal ??= buffers.Count == 0 || buffers[0].Length == 0 ? null : HostFold.CheckOperation(operation);
                for (int element = 0; refusal is null && buffers.Count > 0 && element < buffers[0].Length; element++)
                {
                    float reduced = Reduced(operation, buffers, element, passed);
                    foreach (Memory<float> buffer in buffers)
                    {
                        buffer.Span[element] = reduced;
                    }
                }

                return refusal;
            },
        };

    private static float Reduced(ReduceOp operation, IReadOnlyList<Memory<float>> buffers, int element, Func<float, float> passed)
    {
        Combination combination = operation switch
        {
            ReduceOp.Max => Combination.Max,
            ReduceOp.Min => Combination.Min,
            _ => Combination.Sum,
        };
        float accumulated = buffers[element % buffers.Count].Span[element];
        for (int step = 1; step < buffers.Count; step++)
        {
            accumulated = CardArithmetic.Combine(combination, accumulated, passed(buffers[(element + step) % buffers.Count].Span[element]));
        }

        return operation == ReduceOp.Avg ? accumulated / buffers.Count : accumulated;
    }
}

namespace Spanker.Conformance.Reference;

/// <summary>AllReduce by definition of upstream's host mock (CONTRACT COL-7): an accumulator that starts as Sail 0's value and takes 1, 2, .. in order.</summary>
/// <remarks>
/// <code>
/// Sum  r = (((x0 + x1) + x2) + ..)         each + rounded to binary32
/// Avg  r = Sum / N                          rounded to binary32
/// Max  r = x0; for s = 1, 2, ..: r = xs if xs > r     a NaN on Sail 0 stays, one elsewhere is dropped
/// Min  r = x0; for s = 1, 2, ..: r = xs if r > xs
/// </code>
/// </remarks>
public static class HostMockFold
{
    /// <summary>What every card holds after the call.</summary>
    /// <param name="operation">What to compute.</param>
    /// <param name="buffers">One buffer a card, all of one length; at least one.</param>
    public static float[] Reduce(ReduceOperation operation, IReadOnlyList<float[]> buffers)
    {
        ArgumentNullException.ThrowIfNull(buffers);
        ArgumentOutOfRangeException.ThrowIfZero(buffers.Count);
        float[] result = new float[buffers[0].Length];
        for (int i = 0; i < result.Length; i++)
        {
            float accumulator = buffers[0][i];
            for (int card = 1; card < buffers.Count; card++)
            {
                accumulator = Combine(operation, accumulator, buffers[card][i]);
            }

            result[i] = operation == ReduceOperation.Avg ? accumulator / buffers.Count : accumulator;
        }

        return result;
    }

    private static float Combine(ReduceOperation operation, float accumulator, float value) => operation switch
    {
        ReduceOperation.Sum or ReduceOperation.Avg => accumulator + value,
        ReduceOperation.Max => value > accumulator ? value : accumulator,
        ReduceOperation.Min => value < accumulator ? value : accumulator,
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "no such operation"),
    };
}

using System.Runtime.Intrinsics;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Device;

/// <summary>Class subblock-int in lanes: nibbles are kept in binary32, which holds the integer sums of a sub-block, at most 7200.</summary>
internal sealed class SubblockIntLanes(int length) : LaneProduct<SubblockRow>
{
    private readonly float[] nibbles = new float[length * Columns];
    private readonly float[] scales = new float[length / Q4KLayout.SubBlockWeights * Columns];
    private readonly float[] minimums = new float[length / Q4KLayout.SubBlockWeights * Columns];
    private readonly float[] sums = new float[length / Q4KLayout.SubBlockWeights * Columns];
    private readonly float[][] integers = [new float[length], new float[length], new float[length], new float[length]];
    private readonly float[] products = new float[Results];

    /// <inheritdoc/>
    public override void Load(ReadOnlySpan<SubblockRow> columns)
    {
        for (int c = 0; c < columns.Length; c++)
        {
            Widen(columns[c].Nibbles, integers[0]);
            Interleave<float>(integers[0], c, nibbles);
            Interleave<float>(columns[c].Scales, c, scales);
            Interleave<float>(columns[c].Minimums, c, minimums);
            for (int s = 0; s < columns[c].Sums.Length; s++)
            {
                sums[(s * Columns) + c] = columns[c].Sums[s];
            }
        }
    }

    /// <inheritdoc/>
    public override void Multiply(ReadOnlySpan<SubblockRow> rows, Span<float> results)
    {
        for (int r = 0; r < Rows; r++)
        {
            Widen(rows[r].Nibbles, integers[r]);
        }

        results[..Results].Clear();
        for (int s = 0; s < length / Q4KLayout.SubBlockWeights; s++)
        {
            Sequential<RoundedStep>(integers, nibbles, s * Q4KLayout.SubBlockWeights, Q4KLayout.SubBlockWeights, products);
            for (int i = 0; i < Results; i += 8)
            {
                Vector256<float> total = Vector256.Create<float>(results[i..]);
                (total + Terms(rows[i / Columns], s, Vector256.Create(products, i), i % Columns)).CopyTo(results[i..]);
            }
        }
    }

    /// <summary>The four terms of a sub-block, from the left.</summary>
    private Vector256<float> Terms(SubblockRow a, int s, Vector256<float> integers, int column)
    {
        int at = (s * Columns) + column;
        Vector256<float> scale = Vector256.Create(scales, at);
        Vector256<float> minimum = Vector256.Create(minimums, at);
        Vector256<float> scaleOfA = Vector256.Create(a.Scales[s]);
        Vector256<float> minimumOfA = Vector256.Create(a.Minimums[s]);
        Vector256<float> both = (scaleOfA * scale) * integers;
        Vector256<float> byMinimumOfB = (scaleOfA * minimum) * Vector256.Create((float)a.Sums[s]);
        Vector256<float> byMinimumOfA = (minimumOfA * scale) * Vector256.Create(sums, at);
        Vector256<float> byMinimums = (minimumOfA * minimum) * Vector256.Create((float)Q4KLayout.SubBlockWeights);
        return both - byMinimumOfB - byMinimumOfA + byMinimums;
    }
}

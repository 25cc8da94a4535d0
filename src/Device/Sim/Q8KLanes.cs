using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Device;

/// <summary>Class q8k in lanes: the integers are kept in binary32, which holds the sums of a sub-block, at most 60960; those of a block are added as integers.</summary>
internal sealed class Q8KLanes(int length) : LaneProduct<Q8KRow>
{
    private readonly float[] values = new float[length * Columns];
    private readonly int[] sums = new int[length / Q4KLayout.SubBlockWeights * Columns];
    private readonly float[] scales = new float[length / Q4KLayout.BlockWeights * Columns];
    private readonly float[][] integers = [new float[length], new float[length], new float[length], new float[length]];
    private readonly float[] products = new float[Results];
    private readonly int[] scaled = new int[Results];
    private readonly int[] minimums = new int[Results];

    /// <inheritdoc/>
    public override void Load(ReadOnlySpan<Q8KRow> columns)
    {
        for (int c = 0; c < columns.Length; c++)
        {
            for (int i = 0; i < length; i++)
            {
                values[(i * Columns) + c] = columns[c].Values[i];
            }

            Interleave<int>(columns[c].Sums, c, sums);
            Interleave<float>(columns[c].Scale, c, scales);
        }
    }

    /// <inheritdoc/>
    public override void Multiply(ReadOnlySpan<Q8KRow> rows, Span<float> results)
    {
        for (int r = 0; r < Rows; r++)
        {
            // Those of A are nibbles.
            Widen(MemoryMarshal.AsBytes(rows[r].Values.AsSpan()), integers[r]);
        }

        results[..Results].Clear();
        for (int block = 0; block < length / Q4KLayout.BlockWeights; block++)
        {
            SumBlock(rows, block);
            for (int i = 0; i < Results; i += 8)
            {
                Q8KRow a = rows[i / Columns];
                Vector256<float> scale = Vector256.Create(scales, (block * Columns) + (i % Columns));
                Vector256<float> byScale = (Vector256.Create(a.Scale[block]) * scale) * Vector256.ConvertToSingle(Vector256.Create(scaled, i));
                Vector256<float> byMinimum = (Vector256.Create(a.Minimum[block]) * scale) * Vector256.ConvertToSingle(Vector256.Create(minimums, i));
                (Vector256.Create<float>(results[i..]) + (byScale - byMinimum)).CopyTo(results[i..]);
            }
        }
    }

    /// <summary>Below 2^25: 8 * 63 * 60960 and 8 * 63 * 4064.</summary>
    private void SumBlock(ReadOnlySpan<Q8KRow> rows, int block)
    {
        scaled.AsSpan().Clear();
        minimums.AsSpan().Clear();
        for (int s = block * Q4KLayout.SubBlocks; s < (block + 1) * Q4KLayout.SubBlocks; s++)
        {
            Sequential<RoundedStep>(integers, values, s * Q4KLayout.SubBlockWeights, Q4KLayout.SubBlockWeights, products);
            for (int i = 0; i < Results; i += 8)
            {
                Q8KRow a = rows[i / Columns];
                Vector256<int> product = Vector256.ConvertToInt32(Vector256.Create(products, i));
                Vector256<int> sum = Vector256.Create(sums, (s * Columns) + (i % Columns));
                (Vector256.Create(scaled, i) + (Vector256.Create((int)a.SubBlockScales[s]) * product)).CopyTo(scaled, i);
                (Vector256.Create(minimums, i) + (Vector256.Create((int)a.SubBlockMinimums[s]) * sum)).CopyTo(minimums, i);
            }
        }
    }
}

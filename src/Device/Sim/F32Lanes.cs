using System.Runtime.Intrinsics;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Device;

/// <summary>Class f32 in lanes, in each declared order.</summary>
internal sealed class F32Lanes(int length, SummationOrder order, bool fma) : LaneProduct<float[]>
{
    private readonly float[] lanes = new float[length * Columns];
    private readonly float[] halves = new float[Results * 32];

    /// <inheritdoc/>
    public override void Load(ReadOnlySpan<float[]> columns)
    {
        for (int c = 0; c < columns.Length; c++)
        {
            Interleave<float>(columns[c], c, lanes);
        }
    }

    /// <inheritdoc/>
    public override void Multiply(ReadOnlySpan<float[]> rows, Span<float> results)
    {
        if (fma)
        {
            Multiply<FusedStep>(rows, results);
        }
        else
        {
            Multiply<RoundedStep>(rows, results);
        }
    }

    private void Multiply<TStep>(ReadOnlySpan<float[]> rows, Span<float> results)
        where TStep : struct, IProductStep
    {
        switch (order)
        {
            case SummationOrder.Pairwise:
                Pairwise<TStep>(rows, 0, length, results, halves);
                break;
            case SummationOrder.Blocks32:
                Blocked<TStep>(rows, 32, results);
                break;
            case SummationOrder.Blocks256:
                Blocked<TStep>(rows, 256, results);
                break;
            default:
                Sequential<TStep>(rows, lanes, 0, length, results);
                break;
        }
    }

    private void Blocked<TStep>(ReadOnlySpan<float[]> rows, int blockLength, Span<float> results)
        where TStep : struct, IProductStep
    {
        Span<float> block = halves.AsSpan(0, Results);
        results[..Results].Clear();
        for (int first = 0; first < length; first += blockLength)
        {
            Sequential<TStep>(rows, lanes, first, blockLength, block);
            Add(results, block);
        }
    }

    /// <summary>The index range halved down to single products; a fused product joins the one on its left in a pair.</summary>
    private void Pairwise<TStep>(ReadOnlySpan<float[]> rows, int first, int count, Span<float> sums, Span<float> room)
        where TStep : struct, IProductStep
    {
        if (count <= 2 || count == 4)
        {
            Leaf<TStep>(rows, first, count, sums);
            return;
        }

        int half = count / 2;
        Span<float> right = room[..Results];
        Pairwise<TStep>(rows, first, half, sums, room[Results..]);
        Pairwise<TStep>(rows, first + half, count - half, right, room[Results..]);
        Add(sums, right);
    }

    private void Leaf<TStep>(ReadOnlySpan<float[]> rows, int first, int count, Span<float> sums)
        where TStep : struct, IProductStep
    {
        ReadOnlySpan<float> columns = lanes.AsSpan(first * Columns, count * Columns);
        for (int c = 0; c < Columns; c += 8)
        {
            Vector256<float> b0 = Vector256.Create(columns[c..]);
            Vector256<float> b1 = count > 1 ? Vector256.Create(columns[(Columns + c)..]) : default;
            Vector256<float> b2 = count == 4 ? Vector256.Create(columns[((2 * Columns) + c)..]) : default;
            Vector256<float> b3 = count == 4 ? Vector256.Create(columns[((3 * Columns) + c)..]) : default;
            for (int r = 0; r < Rows; r++)
            {
                ReadOnlySpan<float> row = rows[r].AsSpan(first, count);
                Vector256<float> sum = Vector256.Create(row[0]) * b0;
                sum = count > 1 ? TStep.Add(sum, Vector256.Create(row[1]), b1) : sum;
                if (count == 4)
                {
                    sum += TStep.Add(Vector256.Create(row[2]) * b2, Vector256.Create(row[3]), b3);
                }

                sum.CopyTo(sums[((r * Columns) + c)..]);
            }
        }
    }

    private static void Add(Span<float> sums, ReadOnlySpan<float> more)
    {
        for (int i = 0; i < Results; i += 8)
        {
            (Vector256.Create<float>(sums[i..]) + Vector256.Create(more[i..])).CopyTo(sums[i..]);
        }
    }
}

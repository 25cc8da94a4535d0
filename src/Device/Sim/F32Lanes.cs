using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
        if (count is 1 or 2 or 4 or 16)
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
        ref float columns = ref MemoryMarshal.GetReference(lanes.AsSpan(first * Columns, count * Columns));
        for (int r = 0; r < Rows; r++)
        {
            ref float row = ref MemoryMarshal.GetReference(rows[r].AsSpan(first, count));
            Range<TStep>(ref row, ref columns, count).CopyTo(sums[(r * Columns)..]);
            Range<TStep>(ref row, ref Unsafe.Add(ref columns, 8), count).CopyTo(sums[((r * Columns) + 8)..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Range<TStep>(ref float row, ref float column, int count)
        where TStep : struct, IProductStep => count switch
        {
            1 => Vector256.Create(row) * Vector256.LoadUnsafe(ref column),
            2 => Pair<TStep>(ref row, ref column, 0),
            4 => Four<TStep>(ref row, ref column, 0),
            _ => (Four<TStep>(ref row, ref column, 0) + Four<TStep>(ref row, ref column, 4))
                + (Four<TStep>(ref row, ref column, 8) + Four<TStep>(ref row, ref column, 12)),
        };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Four<TStep>(ref float row, ref float column, int at)
        where TStep : struct, IProductStep => Pair<TStep>(ref row, ref column, at) + Pair<TStep>(ref row, ref column, at + 2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Pair<TStep>(ref float row, ref float column, int at)
        where TStep : struct, IProductStep => TStep.Add(
            Vector256.Create(Unsafe.Add(ref row, at)) * Vector256.LoadUnsafe(ref column, (nuint)(at * Columns)),
            Vector256.Create(Unsafe.Add(ref row, at + 1)),
            Vector256.LoadUnsafe(ref column, (nuint)((at + 1) * Columns)));

    private static void Add(Span<float> sums, ReadOnlySpan<float> more)
    {
        for (int i = 0; i < Results; i += 8)
        {
            (Vector256.Create<float>(sums[i..]) + Vector256.Create(more[i..])).CopyTo(sums[i..]);
        }
    }
}

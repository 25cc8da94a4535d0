using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Spanker.Conformance.Device;

/// <summary>Dot products of a few prepared rows of A with a few of B at once: each lane does what a single dot product does, in the same order.</summary>
/// <typeparam name="TRow">A prepared row, in the form that the class computes with.</typeparam>
internal abstract class LaneProduct<TRow>
{
    /// <summary>Rows of A.</summary>
    public const int Rows = 4;

    /// <summary>Rows of B, a lane each: two registers of 256 bits.</summary>
    public const int Columns = 16;

    /// <summary>Results of <see cref="Multiply"/>, [4 x 16].</summary>
    public const int Results = Rows * Columns;

    /// <summary>Takes up to 16 rows of B.</summary>
    public abstract void Load(ReadOnlySpan<TRow> columns);

    /// <summary>Multiplies 4 rows of A, any of which may be the same, with the rows of B.</summary>
    /// <param name="rows">[4] rows of A.</param>
    /// <param name="results">[4 x 16] dot products.</param>
    public abstract void Multiply(ReadOnlySpan<TRow> rows, Span<float> results);

    /// <summary>Rows side by side: value i of row c comes to i * 16 + c; lanes without a row are left alone.</summary>
    protected static void Interleave<T>(ReadOnlySpan<T> row, int lane, Span<T> lanes)
    {
        for (int i = 0; i < row.Length; i++)
        {
            lanes[(i * Columns) + lane] = row[i];
        }
    }

    /// <summary>Integers as binary32, which holds them.</summary>
    protected static void Widen(ReadOnlySpan<byte> integers, Span<float> values)
    {
        for (int i = 0; i < integers.Length; i += Vector128<byte>.Count)
        {
            (Vector128<ushort> lower, Vector128<ushort> upper) = Vector128.Widen(Vector128.Create(integers[i..]));
            Store(values[i..], Vector256.Create(lower, upper));
        }

        static void Store(Span<float> values, Vector256<ushort> shorts)
        {
            (Vector256<uint> lower, Vector256<uint> upper) = Vector256.Widen(shorts);
            Vector256.ConvertToSingle(lower.AsInt32()).CopyTo(values);
            Vector256.ConvertToSingle(upper.AsInt32()).CopyTo(values[8..]);
        }
    }

    /// <summary>The sums of so many products, one after the other from 0, in each lane.</summary>
    /// <param name="rows">[4] rows of A.</param>
    /// <param name="lanes">The rows of B side by side.</param>
    /// <param name="first">The first product.</param>
    /// <param name="length">How many.</param>
    /// <param name="sums">[4 x 16] sums.</param>
    /// <typeparam name="TStep">How a product is added.</typeparam>
    protected static void Sequential<TStep>(ReadOnlySpan<float[]> rows, ReadOnlySpan<float> lanes, int first, int length, Span<float> sums)
        where TStep : struct, IProductStep
    {
        ref float r0 = ref MemoryMarshal.GetReference(rows[0].AsSpan(first, length));
        ref float r1 = ref MemoryMarshal.GetReference(rows[1].AsSpan(first, length));
        ref float r2 = ref MemoryMarshal.GetReference(rows[2].AsSpan(first, length));
        ref float r3 = ref MemoryMarshal.GetReference(rows[3].AsSpan(first, length));
        ref float column = ref MemoryMarshal.GetReference(lanes.Slice(first * Columns, length * Columns));
        Vector256<float> s00 = default, s01 = default, s10 = default, s11 = default;
        Vector256<float> s20 = default, s21 = default, s30 = default, s31 = default;
        for (int i = 0; i < length; i++)
        {
            Vector256<float> left = Vector256.LoadUnsafe(ref column);
            Vector256<float> right = Vector256.LoadUnsafe(ref column, 8);
            Vector256<float> x = Vector256.Create(Unsafe.Add(ref r0, i));
            s00 = TStep.Add(s00, x, left);
            s01 = TStep.Add(s01, x, right);
            x = Vector256.Create(Unsafe.Add(ref r1, i));
            s10 = TStep.Add(s10, x, left);
            s11 = TStep.Add(s11, x, right);
            x = Vector256.Create(Unsafe.Add(ref r2, i));
            s20 = TStep.Add(s20, x, left);
            s21 = TStep.Add(s21, x, right);
            x = Vector256.Create(Unsafe.Add(ref r3, i));
            s30 = TStep.Add(s30, x, left);
            s31 = TStep.Add(s31, x, right);
            column = ref Unsafe.Add(ref column, Columns);
        }

        Store(sums, 0, s00, s01);
        Store(sums, 1, s10, s11);
        Store(sums, 2, s20, s21);
        Store(sums, 3, s30, s31);
    }

    private static void Store(Span<float> sums, int row, Vector256<float> left, Vector256<float> right)
    {
        left.CopyTo(sums[(row * Columns)..]);
        right.CopyTo(sums[((row * Columns) + 8)..]);
    }
}

/// <summary>How a product joins a sum.</summary>
internal interface IProductStep
{
    /// <summary>sum + a * b, lane by lane.</summary>
    static abstract Vector256<float> Add(Vector256<float> sum, Vector256<float> a, Vector256<float> b);
}

/// <summary>The product is rounded, then the sum.</summary>
internal readonly struct RoundedStep : IProductStep
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> sum, Vector256<float> a, Vector256<float> b) => sum + (a * b);
}

/// <summary>A fused multiply-add: one rounding.</summary>
internal readonly struct FusedStep : IProductStep
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> sum, Vector256<float> a, Vector256<float> b) => Vector256.FusedMultiplyAdd(a, b, sum);
}

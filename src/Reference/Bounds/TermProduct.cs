using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Spanker.Conformance.Reference;

/// <summary>Products of rows of nonnegative binary32 terms, summed in binary32: sums over k that are known to within a known factor.</summary>
/// <remarks>
/// A term passes through at most one rounding of its product and <see cref="Depth"/> + length / <see cref="Depth"/> of sums, fused or not, in whatever
/// order. docs/numerics.md, section 9, Lemma 6.
/// </remarks>
internal static class TermProduct
{
    /// <summary>Rows of A side by side.</summary>
    public const int Rows = 6;

    /// <summary>Rows of B side by side: two registers of 256 bits.</summary>
    public const int Columns = 16;

    /// <summary>Products that are summed before they join those of earlier indices; a row's length is a multiple of it.</summary>
    private const int Depth = Q4KLayout.BlockWeights;

    /// <summary>The most roundings on a term's way, but for those that made it.</summary>
    public static int Roundings(int length) => 1 + Depth + (length / Depth);

    /// <summary>Multiplies the first groups of both operands; <paramref name="sums"/> is [groups of A * 6 x groups of B * 16].</summary>
    public static void Multiply(TermPanels a, int groupsOfA, TermPanels b, int groupsOfB, Span<float> sums)
    {
        int stride = groupsOfB * Columns;
        sums = sums[..(groupsOfA * Rows * stride)];
        sums.Clear();
        for (int first = 0; first < a.Length; first += Depth)
        {
            for (int column = 0; column < groupsOfB; column++)
            {
                ref float right = ref MemoryMarshal.GetReference(b.Group(column).Slice(first * Columns, Depth * Columns));
                for (int row = 0; row < groupsOfA; row++)
                {
                    ref float left = ref MemoryMarshal.GetReference(a.Group(row).Slice(first * Rows, Depth * Rows));
                    Add(ref left, ref right, ref sums[(row * Rows * stride) + (column * Columns)], (nuint)stride);
                }
            }
        }
    }

    private static void Add(ref float a, ref float b, ref float sums, nuint stride)
    {
        Vector256<float> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default;
        Vector256<float> s30 = default, s31 = default, s40 = default, s41 = default, s50 = default, s51 = default;
        for (int i = 0; i < Depth; i++)
        {
            Vector256<float> left = Vector256.LoadUnsafe(ref b);
            Vector256<float> right = Vector256.LoadUnsafe(ref b, 8);
            Vector256<float> x = Vector256.Create(a);
            s00 = Vector256.MultiplyAddEstimate(x, left, s00);
            s01 = Vector256.MultiplyAddEstimate(x, right, s01);
            x = Vector256.Create(Unsafe.Add(ref a, 1));
            s10 = Vector256.MultiplyAddEstimate(x, left, s10);
            s11 = Vector256.MultiplyAddEstimate(x, right, s11);
            x = Vector256.Create(Unsafe.Add(ref a, 2));
            s20 = Vector256.MultiplyAddEstimate(x, left, s20);
            s21 = Vector256.MultiplyAddEstimate(x, right, s21);
            x = Vector256.Create(Unsafe.Add(ref a, 3));
            s30 = Vector256.MultiplyAddEstimate(x, left, s30);
            s31 = Vector256.MultiplyAddEstimate(x, right, s31);
            x = Vector256.Create(Unsafe.Add(ref a, 4));
            s40 = Vector256.MultiplyAddEstimate(x, left, s40);
            s41 = Vector256.MultiplyAddEstimate(x, right, s41);
            x = Vector256.Create(Unsafe.Add(ref a, 5));
            s50 = Vector256.MultiplyAddEstimate(x, left, s50);
            s51 = Vector256.MultiplyAddEstimate(x, right, s51);
            a = ref Unsafe.Add(ref a, Rows);
            b = ref Unsafe.Add(ref b, Columns);
        }

        Join(ref sums, 0, s00, s01);
        Join(ref sums, stride, s10, s11);
        Join(ref sums, 2 * stride, s20, s21);
        Join(ref sums, 3 * stride, s30, s31);
        Join(ref sums, 4 * stride, s40, s41);
        Join(ref sums, 5 * stride, s50, s51);
    }

    private static void Join(ref float sums, nuint at, Vector256<float> left, Vector256<float> right)
    {
        (Vector256.LoadUnsafe(ref sums, at) + left).StoreUnsafe(ref sums, at);
        (Vector256.LoadUnsafe(ref sums, at + 8) + right).StoreUnsafe(ref sums, at + 8);
    }
}

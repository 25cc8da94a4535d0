using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Spanker.Conformance.Reference;

/// <summary>Rounds each element once to binary32 and writes it where it belongs in OUT.</summary>
/// <param name="destination">OUT, [m x n] row major.</param>
/// <param name="columnCount">n.</param>
internal readonly struct RoundedElements(Memory<float> destination, int columnCount) : IElementSink
{
    private const int SingleExponentBias = 127;
    private const int SingleFractionBits = 23;

    /// <inheritdoc/>
    public unsafe void Expect(int firstRow, int firstColumn, int rows, int columns)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        // An address may be stale if the collector moves OUT meanwhile; to fetch any address does no harm. A tile of 16 columns is one line wide.
        Span<float> all = destination.Span;
        for (int r = firstRow; r < firstRow + rows; r++)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref all[(r * columnCount) + firstColumn]));
        }
    }

    /// <inheritdoc/>
    public void Take(in ElementTile tile)
    {
        Span<float> all = destination.Span;
        if (tile.Values.IsEmpty)
        {
            TakeUnits(tile, all);
            return;
        }

        for (int r = 0; r < tile.Rows; r++)
        {
            for (int c = 0; c < tile.Columns; c++)
            {
                all[((tile.FirstRow + r) * columnCount) + tile.FirstColumn + c] = tile[r, c].ToSingle();
            }
        }
    }

    /// <summary>The conversion of 64 bits rounds to nearest even; powers of two between 2^-48 and 2^30 change nothing about it.</summary>
    private void TakeUnits(in ElementTile tile, Span<float> all)
    {
        for (int r = 0; r < tile.Rows; r++)
        {
            Span<float> row = all.Slice(((tile.FirstRow + r) * columnCount) + tile.FirstColumn, tile.Columns);
            ReadOnlySpan<long> units = tile.Units[(r * tile.RowStride)..];
            int biased = tile.RowExponents[r] + SingleExponentBias;
            int done = 0;
            if (tile.ColumnStride == 1 && Vector256.IsHardwareAccelerated)
            {
                done = row.Length & -Vector256<float>.Count;
                if (!TryRoundSmall(units[..done], biased, tile.ColumnExponents[..done], row[..done]))
                {
                    RoundByEights(units[..done], biased, tile.ColumnExponents[..done], row[..done]);
                }
            }

            for (int c = done; c < row.Length; c++)
            {
                row[c] = units[c * tile.ColumnStride] * PowerOfTwo(biased + tile.ColumnExponents[c]);
            }
        }
    }

    /// <summary>
    /// 64 bits to binary64 and on to binary32. Two roundings are one unless the binary64 lies in the middle between two neighbours of binary32: below or
    /// above it, it lies on the side of the integer. Eights in which that occurs are left to the conversion that rounds once.
    /// </summary>
    private static void RoundByEights(ReadOnlySpan<long> units, int biasedRowExponent, ReadOnlySpan<int> columnExponents, Span<float> destination)
    {
        ref long source = ref MemoryMarshal.GetReference(units);
        ref int exponents = ref MemoryMarshal.GetReference(columnExponents);
        ref float target = ref MemoryMarshal.GetReference(destination);
        Vector256<long> bitsBelow = Vector256.Create((1L << 29) - 1);
        Vector256<long> middle = Vector256.Create(1L << 28);
        for (nuint done = 0; done < (nuint)destination.Length; done += (nuint)Vector256<float>.Count)
        {
            Vector256<double> lower = Vector256.ConvertToDouble(Vector256.LoadUnsafe(ref source, done));
            Vector256<double> upper = Vector256.ConvertToDouble(Vector256.LoadUnsafe(ref source, done + (nuint)Vector256<long>.Count));
            Vector256<int> biased = Vector256.LoadUnsafe(ref exponents, done) + Vector256.Create(biasedRowExponent);
            Vector256<long> inMiddle = Vector256.Equals(lower.AsInt64() & bitsBelow, middle) | Vector256.Equals(upper.AsInt64() & bitsBelow, middle);
            (Vector256.Narrow(lower, upper) * (biased << SingleFractionBits).AsSingle()).StoreUnsafe(ref target, done);
            if (inMiddle != Vector256<long>.Zero)
            {
                for (int c = (int)done; c < (int)done + Vector256<float>.Count; c++)
                {
                    destination[c] = units[c] * PowerOfTwo(biasedRowExponent + columnExponents[c]);
                }
            }
        }
    }

    /// <summary>
    /// By eights while all are at least -2^51 and below 2^51: such an integer added to the bits of 3 * 2^51 makes 3 * 2^51 plus it, in the same binade.
    /// binary64 holds it, so the conversion to binary32 is the only rounding.
    /// </summary>
    /// <returns>Whether all are; if not, what was written is to be written again.</returns>
    private static bool TryRoundSmall(ReadOnlySpan<long> units, int biasedRowExponent, ReadOnlySpan<int> columnExponents, Span<float> destination)
    {
        const double Middle = 3.0 * (1L << 51);
        const long SignAndExponent = -1L << 52;
        ref long source = ref MemoryMarshal.GetReference(units);
        ref int exponents = ref MemoryMarshal.GetReference(columnExponents);
        ref float target = ref MemoryMarshal.GetReference(destination);
        Vector256<double> middle = Vector256.Create(Middle);
        Vector256<int> rowExponent = Vector256.Create(biasedRowExponent);
        Vector256<long> differing = Vector256<long>.Zero;
        for (nuint done = 0; done < (nuint)destination.Length; done += (nuint)Vector256<float>.Count)
        {
            Vector256<long> lower = Vector256.LoadUnsafe(ref source, done) + middle.AsInt64();
            Vector256<long> upper = Vector256.LoadUnsafe(ref source, done + (nuint)Vector256<long>.Count) + middle.AsInt64();
            differing |= (lower ^ middle.AsInt64()) | (upper ^ middle.AsInt64());
            Vector256<int> biased = Vector256.LoadUnsafe(ref exponents, done) + rowExponent;
            (Vector256.Narrow(lower.AsDouble() - middle, upper.AsDouble() - middle) * (biased << SingleFractionBits).AsSingle()).StoreUnsafe(ref target, done);
        }

        return (differing & Vector256.Create(SignAndExponent)) == Vector256<long>.Zero;
    }

    private static float PowerOfTwo(int biasedExponent) => BitConverter.Int32BitsToSingle(biasedExponent << SingleFractionBits);
}

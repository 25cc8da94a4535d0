using System.Runtime.Intrinsics;

namespace Spanker.Conformance.Reference;

/// <summary>Rounds each element once to binary32 and writes it where it belongs in OUT.</summary>
/// <param name="destination">OUT, [m x n] row major.</param>
/// <param name="columns">n.</param>
internal readonly struct RoundedElements(Memory<float> destination, int columns) : IElementSink
{
    private const int SingleExponentBias = 127;
    private const int SingleFractionBits = 23;

    /// <summary>Two registers of 512 bits.</summary>
    private const int MostColumns = 32;

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
                all[((tile.FirstRow + r) * columns) + tile.FirstColumn + c] = tile[r, c].ToSingle();
            }
        }
    }

    /// <summary>The conversion of 64 bits rounds to nearest even; powers of two between 2^-48 and 2^30 change nothing about it.</summary>
    private void TakeUnits(in ElementTile tile, Span<float> all)
    {
        Span<float> columnUnits = stackalloc float[MostColumns];
        columnUnits = columnUnits[..tile.Columns];
        for (int c = 0; c < columnUnits.Length; c++)
        {
            columnUnits[c] = PowerOfTwo(tile.ColumnExponents[c]);
        }

        for (int r = 0; r < tile.Rows; r++)
        {
            Span<float> row = all.Slice(((tile.FirstRow + r) * columns) + tile.FirstColumn, columnUnits.Length);
            ReadOnlySpan<long> units = tile.Units[(r * tile.RowStride)..];
            float rowUnit = PowerOfTwo(tile.RowExponents[r]);
            int done = tile.ColumnStride == 1 && Vector256.IsHardwareAccelerated ? RoundByEights(units, rowUnit, columnUnits, row) : 0;
            for (int c = done; c < row.Length; c++)
            {
                row[c] = units[c * tile.ColumnStride] * (rowUnit * columnUnits[c]);
            }
        }
    }

    /// <summary>
    /// 64 bits to binary64 and on to binary32. Two roundings are one unless the binary64 lies in the middle between two neighbours of binary32: below or
    /// above it, it lies on the side of the integer. Eights in which that occurs are left to the conversion that rounds once.
    /// </summary>
    /// <returns>How many are done.</returns>
    private static int RoundByEights(ReadOnlySpan<long> units, float rowUnit, ReadOnlySpan<float> columnUnits, Span<float> destination)
    {
        Vector256<long> bitsBelow = Vector256.Create((1L << 29) - 1);
        Vector256<long> middle = Vector256.Create(1L << 28);
        int done = 0;
        for (; done + Vector256<float>.Count <= destination.Length; done += Vector256<float>.Count)
        {
            Vector256<double> lower = Vector256.ConvertToDouble(Vector256.Create(units.Slice(done, 4)));
            Vector256<double> upper = Vector256.ConvertToDouble(Vector256.Create(units.Slice(done + 4, 4)));
            Vector256<long> inMiddle = Vector256.Equals(lower.AsInt64() & bitsBelow, middle) | Vector256.Equals(upper.AsInt64() & bitsBelow, middle);
            if (inMiddle != Vector256<long>.Zero)
            {
                for (int c = done; c < done + Vector256<float>.Count; c++)
                {
                    destination[c] = units[c] * (rowUnit * columnUnits[c]);
                }

                continue;
            }

            Vector256<float> unit = Vector256.Create(columnUnits.Slice(done, Vector256<float>.Count)) * rowUnit;
            (Vector256.Narrow(lower, upper) * unit).CopyTo(destination[done..]);
        }

        return done;
    }

    private static float PowerOfTwo(int exponent) => BitConverter.Int32BitsToSingle((exponent + SingleExponentBias) << SingleFractionBits);
}

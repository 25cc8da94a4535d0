using System.Runtime.InteropServices;

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
            if (tile.ColumnStride == 1)
            {
                units = units[..row.Length];
                for (int c = 0; c < row.Length; c++)
                {
                    row[c] = units[c] * (rowUnit * columnUnits[c]);
                }
            }
            else
            {
                for (int c = 0; c < row.Length; c++)
                {
                    row[c] = units[c * tile.ColumnStride] * (rowUnit * columnUnits[c]);
                }
            }
        }
    }

    private static float PowerOfTwo(int exponent) => BitConverter.Int32BitsToSingle((exponent + SingleExponentBias) << SingleFractionBits);
}

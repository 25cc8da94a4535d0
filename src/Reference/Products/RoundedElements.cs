using System.Runtime.InteropServices;

namespace Spanker.Conformance.Reference;

/// <summary>Rounds each element once to binary32 and writes it where it belongs in OUT.</summary>
/// <param name="destination">OUT, [m x n] row major.</param>
/// <param name="columns">n.</param>
internal readonly struct RoundedElements(Memory<float> destination, int columns) : IElementSink
{
    private const int SingleExponentBias = 127;
    private const int SingleFractionBits = 23;

    /// <inheritdoc/>
    public void Take(in ElementTile tile)
    {
        for (int r = 0; r < tile.Rows; r++)
        {
            Span<float> row = destination.Span.Slice(((tile.FirstRow + r) * columns) + tile.FirstColumn, tile.Columns);
            if (tile.Values.IsEmpty)
            {
                Round(tile, r, row);
                continue;
            }

            for (int c = 0; c < row.Length; c++)
            {
                row[c] = tile[r, c].ToSingle();
            }
        }
    }

    /// <summary>The conversion of 64 bits rounds to nearest even; powers of two between 2^-48 and 2^30 change nothing about it.</summary>
    private static void Round(in ElementTile tile, int row, Span<float> destination)
    {
        float rowUnit = PowerOfTwo(tile.RowExponents[row]);
        int at = row * tile.RowStride;
        for (int c = 0; c < destination.Length; c++)
        {
            destination[c] = tile.Units[at] * rowUnit * PowerOfTwo(tile.ColumnExponents[c]);
            at += tile.ColumnStride;
        }
    }

    private static float PowerOfTwo(int exponent) => BitConverter.Int32BitsToSingle((exponent + SingleExponentBias) << SingleFractionBits);
}

namespace Spanker.Conformance.Reference;

/// <summary>Exact elements of neighbouring rows of A and rows of B, as <see cref="ExactTiles"/> hands them out.</summary>
/// <remarks>
/// Either all are integers of 64 bits in the units of their rows, <c>Units * 2^(RowExponent + ColumnExponent)</c>, or all are
/// <see cref="ExactValue"/>s. Element (r, c) of the tile lies at <c>r * RowStride + c * ColumnStride</c>.
/// </remarks>
public readonly ref struct ElementTile
{
    /// <summary>The first row's index in A.</summary>
    public required int FirstRow { get; init; }

    /// <summary>The first column's index, its row in B.</summary>
    public required int FirstColumn { get; init; }

    /// <summary>Rows of A.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows of B.</summary>
    public required int Columns { get; init; }

    /// <summary>Elements from a row of A to the next.</summary>
    public required int RowStride { get; init; }

    /// <summary>Elements from a row of B to the next.</summary>
    public required int ColumnStride { get; init; }

    /// <summary>The elements as integers, or empty.</summary>
    public ReadOnlySpan<long> Units { get; init; }

    /// <summary>[Rows] exponents of two, each the least weight of its row or finer; -24 to 15.</summary>
    public ReadOnlySpan<int> RowExponents { get; init; }

    /// <summary>[Columns] exponents of two, each the least weight of its row of B or finer; -24 to 15.</summary>
    public ReadOnlySpan<int> ColumnExponents { get; init; }

    /// <summary>The elements as values, or empty.</summary>
    public ReadOnlySpan<ExactValue> Values { get; init; }

    /// <summary>An element.</summary>
    public ExactValue this[int row, int column]
    {
        get
        {
            int at = (row * RowStride) + (column * ColumnStride);
            return Values.IsEmpty
                ? ExactValue.Finite((Int128)Units[at] << (RowExponents[row] + ColumnExponents[column] - ExactValue.UnitExponent))
                : Values[at];
        }
    }
}

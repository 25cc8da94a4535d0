namespace Spanker.Conformance.Suite;

/// <summary>A tile of a larger product: some of its rows of A, and some of its rows of B.</summary>
/// <param name="Whole">What the whole operands hold.</param>
/// <param name="WholeShape">The dimensions of the whole product.</param>
/// <param name="FirstRow">The tile's first row of A, and of OUT.</param>
/// <param name="FirstColumn">The tile's first row of B, and column of OUT.</param>
public sealed record TiledOperands(OperandData Whole, MatmulShape WholeShape, ulong FirstRow, ulong FirstColumn) : OperandData
{
    /// <inheritdoc/>
    public override bool MeansZeros => Whole.MeansZeros;

    /// <summary>The tiles of at most <paramref name="mostRows"/> by <paramref name="mostColumns"/> elements that make up a case, row of tiles by row of tiles.</summary>
    public static IEnumerable<MatmulCase> Of(MatmulCase whole, ulong mostRows, ulong mostColumns)
    {
        ArgumentNullException.ThrowIfNull(whole);
        MatmulShape shape = whole.Shape;
        for (ulong row = 0; row < shape.M; row += mostRows)
        {
            for (ulong column = 0; column < shape.N; column += mostColumns)
            {
                yield return whole with
                {
                    Shape = shape with { M = Math.Min(mostRows, shape.M - row), N = Math.Min(mostColumns, shape.N - column) },
                    Data = new TiledOperands(whole.Data, shape, row, column),
                };
            }
        }
    }

    /// <summary>The token of the whole: a tile is a call of a case, and no case of its own.</summary>
    public override string ToToken() => Whole.ToToken();

    /// <inheritdoc/>
    public override void FillRow(MatmulShape shape, OperandSide side, ulong rowIndex, Span<byte> row) =>
        Whole.FillRow(WholeShape, side, rowIndex + (side == OperandSide.A ? FirstRow : FirstColumn), row);
}

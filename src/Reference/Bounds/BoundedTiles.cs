namespace Spanker.Conformance.Reference;

/// <summary>All elements of A * B^T, exact, each with limits of its bound: a float product's time instead of a pass over both rows for each element.</summary>
/// <remarks>docs/numerics.md, section 9.</remarks>
public static class BoundedTiles
{
    /// <summary>The most super-blocks of a row.</summary>
    public const int MostBlocks = 256;

    /// <summary>Multiplies, on one thread; <paramref name="sink"/> takes each element once.</summary>
    /// <param name="claim">Whose bound it is; of any class but exact.</param>
    /// <param name="a">Rows of A.</param>
    /// <param name="b">Rows of B.</param>
    /// <param name="blocks">Super-blocks in a row; 1 to <see cref="MostBlocks"/>.</param>
    /// <param name="sink">Takes the elements.</param>
    /// <typeparam name="TSink">What takes the elements.</typeparam>
    /// <exception cref="ArgumentOutOfRangeException">A row has no super-blocks, or too many.</exception>
    /// <exception cref="ArgumentException">The claim is of class exact.</exception>
    public static void Run<TSink>(ArithmeticClaim claim, OperandRows a, OperandRows b, int blocks, TSink sink)
        where TSink : IBoundedElementSink
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blocks, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blocks, MostBlocks);
        BoundTile tile = new(claim, a.Count, b.Count, blocks * Q4KLayout.BlockWeights);
        for (int row = 0; row < a.Count; row += tile.Rows)
        {
            OperandRows rows = Part(a, row, tile.Rows);
            tile.LoadRows(rows, claim.Weights);
            for (int column = 0; column < b.Count; column += tile.Columns)
            {
                OperandRows columns = Part(b, column, tile.Columns);
                tile.LoadColumns(columns, claim.Weights);
                tile.Multiply();
                ExactTiles.Run(rows, columns, blocks, claim.Weights, threads: 1, new Elements<TSink>(tile, row, column, sink));
            }
        }
    }

    private static OperandRows Part(OperandRows rows, int first, int most) => new(Math.Min(most, rows.Count - first), row => rows.Row(first + row));

    private readonly struct Elements<TSink>(BoundTile limits, int firstRow, int firstColumn, TSink sink) : IElementSink
        where TSink : IBoundedElementSink
    {
        public void Expect(int firstRow, int firstColumn, int rows, int columns)
        {
        }

        public void Take(in ElementTile tile)
        {
            for (int r = 0; r < tile.Rows; r++)
            {
                for (int c = 0; c < tile.Columns; c++)
                {
                    int row = tile.FirstRow + r;
                    int column = tile.FirstColumn + c;
                    sink.Take(firstRow + row, firstColumn + column, tile[r, c], limits.Of(row, column));
                }
            }
        }
    }
}

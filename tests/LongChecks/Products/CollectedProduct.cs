using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Tests.LongChecks.Products;

/// <summary>What the tiles hand out for a product of m rows with n: each element, how it came, and its binary32.</summary>
internal sealed class CollectedProduct(int m, int n) : IElementSink
{
    /// <summary>Columns, or rows, of a tile for each bit of a register: two registers of lanes of 32 bits.</summary>
    private const int RegisterBitsOfColumn = 16;

    private readonly ExactValue[] values = new ExactValue[m * n];
    private readonly bool[] areIntegers = new bool[m * n];
    private readonly int[] taken = new int[m * n];
    private readonly float[] rounded = new float[m * n];
    private readonly Lock lockOfWidest = new();
    private int widest;

    /// <summary>The width of the registers that made tiles as wide as the widest one; a floor if no tile was full.</summary>
    public int RegisterBits => widest * RegisterBitsOfColumn;

    /// <summary>An element.</summary>
    public ExactValue Value(int row, int column) => values[(row * n) + column];

    /// <summary>Whether it came as an integer of 64 bits.</summary>
    public bool IsInteger(int row, int column) => areIntegers[(row * n) + column];

    /// <summary>How often it came; once is right.</summary>
    public int Taken(int row, int column) => taken[(row * n) + column];

    /// <summary>The element rounded to binary32.</summary>
    public float Rounded(int row, int column) => rounded[(row * n) + column];

    /// <inheritdoc/>
    public void Expect(int firstRow, int firstColumn, int rows, int columns)
    {
    }

    /// <inheritdoc/>
    public void Take(in ElementTile tile)
    {
        new RoundedElements(rounded, n).Take(tile);
        for (int r = 0; r < tile.Rows; r++)
        {
            for (int c = 0; c < tile.Columns; c++)
            {
                int at = ((tile.FirstRow + r) * n) + tile.FirstColumn + c;
                values[at] = tile[r, c];
                areIntegers[at] = tile.Values.IsEmpty;
                taken[at]++;
            }
        }

        lock (lockOfWidest)
        {
            widest = Math.Max(widest, Math.Max(tile.Rows, tile.Columns));
        }
    }
}

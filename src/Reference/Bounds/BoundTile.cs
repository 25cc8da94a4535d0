namespace Spanker.Conformance.Reference;

/// <summary>The limits of the bound for each element of some rows of A and some of B.</summary>
internal sealed class BoundTile
{
    /// <summary>The most terms of A: 32 MiB. The more rows of A at a time, the less often those of B are taken.</summary>
    private const int MostTermsOfA = 1 << 23;

    /// <summary>The most terms of B: 8 MiB.</summary>
    private const int MostTermsOfB = 1 << 21;

    /// <summary>The most sums: 16 MiB.</summary>
    private const int MostSums = 1 << 22;

    /// <summary>Roundings that make a product's two terms.</summary>
    private const int TermRoundings = 3;

    private readonly ClassLimits limits;
    private readonly TermOperand rows;
    private readonly TermOperand columns;
    private readonly float[][] sums;
    private readonly double shrink;
    private readonly double growth;

    /// <summary>Room for a claim's tiles, of rows of <paramref name="length"/> weights.</summary>
    public BoundTile(ArithmeticClaim claim, int mostRows, int mostColumns, int length)
    {
        limits = ClassLimits.Of(claim, length);
        Rows = Math.Min(MostTermsOfA / length / limits.Sums, mostRows);
        Columns = Math.Min(Math.Min(MostTermsOfB / length, MostSums / Rows) / limits.Sums, mostColumns);
        rows = new TermOperand(limits, isA: true, Rows, length);
        columns = new TermOperand(limits, isA: false, Columns, length);
        sums = new float[limits.Sums][];
        double roundings = (TermRoundings + TermProduct.Roundings(length)) * ErrorBound.SingleRoundoff;
        shrink = (1 - roundings) * (1 - BoundLimits.Slack);
        growth = (1 + BoundLimits.Slack) / (1 - roundings);
    }

    /// <summary>Rows of A at a time.</summary>
    public int Rows { get; }

    /// <summary>Rows of B at a time.</summary>
    public int Columns { get; }

    /// <summary>Takes rows of A.</summary>
    public void LoadRows(in OperandRows a, WeightDefinition definition) => rows.Load(a, definition);

    /// <summary>Takes rows of B.</summary>
    public void LoadColumns(in OperandRows b, WeightDefinition definition) => columns.Load(b, definition);

    /// <summary>Sums the products of what was loaded.</summary>
    public void Multiply()
    {
        int size = rows.Groups * TermProduct.Rows * columns.Groups * TermProduct.Columns;
        for (int sum = 0; sum < sums.Length; sum++)
        {
            if (sums[sum] is null || sums[sum].Length < size)
            {
                sums[sum] = new float[size];
            }

            TermProduct.Multiply(rows[sum], rows.Groups, columns[sum], columns.Groups, sums[sum]);
        }
    }

    /// <summary>The limits of an element.</summary>
    public BoundLimits Of(int row, int column)
    {
        RowFacts a = rows.Facts(row);
        RowFacts b = columns.Facts(column);
        int at = (row * columns.Groups * TermProduct.Columns) + column;
        ElementTerms element = new(
            a,
            b,
            Range(sums[0][at]),
            sums.Length > 1 ? Range(sums[1][at]) : default,
            sums.Length > 2 ? Range(sums[2][at]) : default,
            limits.AsksForUnits ? UnitExponent(a, row, b, column) : null);
        return a.HasNonFinite || b.HasNonFinite ? limits.OfNonFinite(element) : limits.OfFinite(element);
    }

    private SumRange Range(float sum) => new(sum * shrink, sum * growth);

    /// <summary>The lowest bit of a product that is not zero: the one where either row has its lowest bit.</summary>
    private int? UnitExponent(RowFacts a, int row, RowFacts b, int column)
    {
        float other = columns[0][column, a.Witness];
        if (other != 0 && rows[0][row, a.Witness] != 0)
        {
            return a.LeastExponent + RowFacts.LowestBit(other);
        }

        other = rows[0][row, b.Witness];
        return other != 0 && columns[0][column, b.Witness] != 0 ? b.LeastExponent + RowFacts.LowestBit(other) : null;
    }
}

namespace Spanker.Conformance.Reference;

/// <summary>Some rows of an operand, as terms of each of a class's sums and as facts.</summary>
internal sealed class TermOperand
{
    private readonly ClassLimits limits;
    private readonly bool isA;
    private readonly int width;
    private readonly TermPanels[] panels;
    private readonly RowFacts[] facts;
    private readonly float[][] group;

    /// <summary>Room for so many rows.</summary>
    public TermOperand(ClassLimits limits, bool isA, int capacity, int length)
    {
        this.limits = limits;
        this.isA = isA;
        width = isA ? TermProduct.Rows : TermProduct.Columns;
        panels = [.. Enumerable.Range(0, limits.Sums).Select(_ => new TermPanels(width, capacity, length))];
        group = [.. panels.Select(_ => new float[width * length])];
        facts = new RowFacts[capacity];
    }

    /// <summary>Groups of rows side by side.</summary>
    public int Groups { get; private set; }

    /// <summary>The terms of a sum.</summary>
    public TermPanels this[int sum] => panels[sum];

    /// <summary>The facts of a row.</summary>
    public RowFacts Facts(int row) => facts[row];

    /// <summary>Takes rows.</summary>
    public void Load(in OperandRows rows, WeightDefinition definition)
    {
        Groups = (rows.Count + width - 1) / width;
        int length = panels[0].Length;
        int rowBytes = length / Q4KLayout.BlockWeights * Q4KLayout.BlockBytes;
        for (int row = 0; row < Groups * width; row++)
        {
            int first = row % width * length;
            if (row < rows.Count)
            {
                Load(row, first, ExactRow.Decode(rows.Row(row)[..rowBytes], definition));
            }
            else
            {
                Array.ForEach(group, terms => terms.AsSpan(first, length).Clear());
            }

            for (int sum = 0; row % width == width - 1 && sum < panels.Length; sum++)
            {
                panels[sum].Pack(row / width, group[sum]);
            }
        }
    }

    private void Load(int row, int first, ExactRow decoded)
    {
        for (int sum = 0; sum < panels.Length; sum++)
        {
            Span<float> terms = group[sum].AsSpan(first, decoded.Length);
            if (isA)
            {
                limits.FillA(sum, decoded, terms);
            }
            else
            {
                limits.FillB(sum, decoded, terms);
            }
        }

        facts[row] = new RowFacts(decoded, group[limits.CountedSum].AsSpan(first, decoded.Length));
    }
}

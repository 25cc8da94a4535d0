namespace Spanker.Conformance.Reference;

/// <summary>A product of rows too long to be packed side by side: an element at a time, through the 128-bit engine.</summary>
internal static class LongRows
{
    /// <summary>2^26 words, 256 MiB: the longest panel that is packed. 16 columns of 2^23 weights are shorter.</summary>
    public const long MostPanelWords = 1L << 26;

    /// <summary>Multiplies; the sink takes tiles of one element.</summary>
    public static void Run<TSink>(in OperandRows a, in OperandRows b, WeightDefinition definition, TSink sink)
        where TSink : IElementSink
    {
        for (int i = 0; i < a.Count; i++)
        {
            ExactRow row = ExactRow.Decode(a.Row(i), definition);
            for (int j = 0; j < b.Count; j++)
            {
                sink.Take(new ElementTile
                {
                    FirstRow = i,
                    FirstColumn = j,
                    Rows = 1,
                    Columns = 1,
                    RowStride = 1,
                    ColumnStride = 1,
                    Values = [ExactProduct.Dot(row, ExactRow.Decode(b.Row(j), definition))],
                });
            }
        }
    }
}

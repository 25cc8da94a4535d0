namespace Spanker.Conformance.Reference;

/// <summary>A product of rows too long to be packed side by side: an element at a time, through the 128-bit engine, on one thread.</summary>
/// <remarks>Only one row of each side is decoded at a time, since a decoded weight takes some 25 bytes; rows of B are decoded again for each row of A.</remarks>
internal static class LongRows
{
    /// <summary>2^23 words, 32 MiB: the longest panel that is packed. In registers of 256 bits that is 1.7 million weights, in 512 half of it.</summary>
    public const long MostPanelWords = 1L << 23;

    /// <summary>Multiplies; the sink takes tiles of one element.</summary>
    public static void Run<TSink>(
        in OperandRows a, in OperandRows b, int blocks, WeightDefinition definition, TSink sink, CancellationToken cancellation = default)
        where TSink : IElementSink
    {
        int rowBytes = blocks * Q4KLayout.BlockBytes;
        for (int i = 0; i < a.Count; i++)
        {
            ExactRow row = ExactRow.Decode(a.Row(i)[..rowBytes], definition);
            for (int j = 0; j < b.Count; j++)
            {
                cancellation.ThrowIfCancellationRequested();
                sink.Take(new ElementTile
                {
                    FirstRow = i,
                    FirstColumn = j,
                    Rows = 1,
                    Columns = 1,
                    RowStride = 1,
                    ColumnStride = 1,
                    Values = [ExactProduct.Dot(row, ExactRow.Decode(b.Row(j)[..rowBytes], definition))],
                });
            }
        }
    }
}

namespace Spanker.Conformance.Reference;

/// <summary>The bytes of a row; asked for on several threads at once.</summary>
/// <param name="row">Which.</param>
public delegate ReadOnlySpan<byte> RowBytes(int row);

/// <summary>An operand of a product: rows of super-blocks, wherever they lie.</summary>
/// <param name="Count">Rows.</param>
/// <param name="Row">Gives a row's [k/256 x 144] bytes.</param>
public readonly record struct OperandRows(int Count, RowBytes Row)
{
    /// <summary>Rows one after the other in memory.</summary>
    /// <param name="bytes">[rows x k/256 x 144] bytes.</param>
    /// <param name="rowBytes">Bytes of a row.</param>
    public static OperandRows Of(ReadOnlyMemory<byte> bytes, int rowBytes) =>
        new(rowBytes == 0 ? 0 : bytes.Length / rowBytes, row => bytes.Span.Slice(row * rowBytes, rowBytes));
}

using System.Buffers.Binary;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Device;

/// <summary>Which operand a row belongs to.</summary>
public enum Operand
{
    /// <summary>The operand A, [m x k].</summary>
    A,

    /// <summary>The operand B, [n x k].</summary>
    B,
}

/// <summary>The place of a block: its operand, its row, and its index inside the row.</summary>
/// <param name="Operand">A or B.</param>
/// <param name="Row">The row, from 0.</param>
/// <param name="Block">The block inside the row, from 0.</param>
public readonly record struct BlockPlace(Operand Operand, ulong Row, ulong Block);

/// <summary>A simulated Sail that prepares whole rows and forms one dot product an output element.</summary>
/// <typeparam name="TRow">A prepared row, in the form that the class computes with.</typeparam>
/// <remarks>
/// Rows of B are prepared once a call as long as they fit in <see cref="PanelBytes"/>; a wider B is taken in panels, and A's rows
/// are prepared once a panel. A single row must fit in memory: k up to 2^27 is a gigabyte at most.
/// </remarks>
public abstract class RowSail<TRow> : SimSail
{
    /// <summary>Memory that the prepared rows of B may take, in bytes.</summary>
    private const ulong PanelBytes = 64UL << 20;

    /// <summary>A Sail that declares <paramref name="description"/>.</summary>
    protected RowSail(DeviceDescription description, SailBusOptions? bus = null)
        : base(description, bus)
    {
    }

    /// <inheritdoc/>
    protected override void Compute(in MatmulCall call) => ComputeRows(call, firstRow: 0, rowCount: call.M);

    /// <summary>Computes rows <paramref name="firstRow"/> and the <paramref name="rowCount"/> - 1 after it of OUT.</summary>
    protected void ComputeRows(in MatmulCall call, ulong firstRow, ulong rowCount)
    {
        ulong panelRows = Math.Clamp(PanelBytes / BytesPerWeight / call.K, 1, call.N);
        TRow[] panel = new TRow[panelRows];
        for (int row = 0; row < panel.Length; row++)
        {
            panel[row] = NewRow(Operand.B, call.K);
        }

        TRow rowOfA = NewRow(Operand.A, call.K);
        for (ulong firstColumn = 0; firstColumn < call.N; firstColumn += panelRows)
        {
            ulong columns = Math.Min(panelRows, call.N - firstColumn);
            for (ulong column = 0; column < columns; column++)
            {
                FillRow(call, Operand.B, firstColumn + column, panel[column]);
            }

            for (ulong row = firstRow; row < firstRow + rowCount; row++)
            {
                FillRow(call, Operand.A, row, rowOfA);
                for (ulong column = 0; column < columns; column++)
                {
                    float value = Element(call, row, firstColumn + column, rowOfA, panel[column]);
                    StoreElement(call, row, firstColumn + column, value);
                }
            }
        }
    }

    /// <summary>Bytes that a prepared row takes for each weight, roughly; it sizes the panel.</summary>
    protected abstract ulong BytesPerWeight { get; }

    /// <summary>Room for a prepared row of an operand, of <paramref name="k"/> weights.</summary>
    protected abstract TRow NewRow(Operand operand, ulong k);

    /// <summary>Prepares a row of an operand.</summary>
    protected abstract void FillRow(in MatmulCall call, Operand operand, ulong row, TRow prepared);

    /// <summary>The dot product of two prepared rows.</summary>
    protected abstract float Dot(TRow a, TRow b);

    /// <summary>OUT[row, column], before it is stored.</summary>
    protected virtual float Element(in MatmulCall call, ulong row, ulong column, TRow a, TRow b) => Dot(a, b);

    /// <summary>Writes OUT[row, column], little endian.</summary>
    protected virtual void StoreElement(in MatmulCall call, ulong row, ulong column, float value) =>
        BinaryPrimitives.WriteSingleLittleEndian(
            call.Output.Slice(((row * call.N) + column) * sizeof(float), sizeof(float)), value);

    /// <summary>The 144 bytes of a block.</summary>
    protected virtual ReadOnlySpan<byte> BlockBytes(in MatmulCall call, BlockPlace place)
    {
        ulong blocksPerRow = call.K / Q4KLayout.BlockWeights;
        OperandView view = place.Operand == Operand.A ? call.A : call.B;
        return view.Slice(((place.Row * blocksPerRow) + place.Block) * Q4KLayout.BlockBytes, Q4KLayout.BlockBytes);
    }

    /// <summary>Takes a block apart.</summary>
    protected virtual void Unpack(in MatmulCall call, BlockPlace place, BlockFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        fields.Read(BlockBytes(call, place));
    }
}

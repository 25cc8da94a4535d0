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

/// <summary>A simulated Sail that prepares whole rows and forms one dot product an output element, or many at a time where its class has lanes.</summary>
/// <typeparam name="TRow">A prepared row, in the form that the class computes with.</typeparam>
/// <remarks>
/// Rows of B are prepared once a call as long as they fit in <see cref="PanelBytes"/>; a wider B is taken in panels, and A's rows
/// are prepared once a panel. A single row must fit in memory: k up to 2^27 is a gigabyte at most.
/// </remarks>
public abstract class RowSail<TRow> : SimSail
{
    /// <summary>Memory that the prepared rows of B may take, in bytes.</summary>
    private const ulong PanelBytes = 64UL << 20;

    /// <summary>The longest rows that are multiplied many at a time.</summary>
    private const ulong MostLaneWeights = 1 << 16;

    /// <summary>Memory that rows of A may take while they meet the rows of B in lanes, in bytes.</summary>
    private const ulong RowsInLanesBytes = 4UL << 20;

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

        LaneProduct<TRow>? lanes = call.K <= MostLaneWeights ? NewLanes((int)call.K) : null;
        TRow rowOfA = NewRow(Operand.A, call.K);
        for (ulong firstColumn = 0; firstColumn < call.N; firstColumn += panelRows)
        {
            ulong columns = Math.Min(panelRows, call.N - firstColumn);
            for (ulong column = 0; column < columns; column++)
            {
                FillRow(call, Operand.B, firstColumn + column, panel[column]);
            }

            if (lanes is not null)
            {
                MultiplyInLanes(call, lanes, firstRow, rowCount, firstColumn, panel.AsSpan(0, (int)columns));
                continue;
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

    // A block of A's rows at a time, so that a few rows of B are laid out in lanes once for all of them.
    private void MultiplyInLanes(in MatmulCall call, LaneProduct<TRow> lanes, ulong firstRow, ulong rowCount, ulong firstColumn, ReadOnlySpan<TRow> panel)
    {
        TRow[] rows = new TRow[Math.Min(rowCount, Math.Clamp(RowsInLanesBytes / BytesPerWeight / call.K, LaneProduct<TRow>.Rows, 256))];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = NewRow(Operand.A, call.K);
        }

        for (ulong done = 0; done < rowCount; done += (ulong)rows.Length)
        {
            int count = (int)Math.Min((ulong)rows.Length, rowCount - done);
            for (int i = 0; i < count; i++)
            {
                FillRow(call, Operand.A, firstRow + done + (ulong)i, rows[i]);
            }

            for (int column = 0; column < panel.Length; column += LaneProduct<TRow>.Columns)
            {
                int columns = Math.Min(LaneProduct<TRow>.Columns, panel.Length - column);
                lanes.Load(panel.Slice(column, columns));
                MultiplyInLanes(call, lanes, firstRow + done, rows.AsSpan(0, count), firstColumn + (ulong)column, columns);
            }
        }
    }

    private void MultiplyInLanes(in MatmulCall call, LaneProduct<TRow> lanes, ulong firstRow, ReadOnlySpan<TRow> rows, ulong firstColumn, int columns)
    {
        Span<float> results = stackalloc float[LaneProduct<TRow>.Results];
        TRow[] four = new TRow[LaneProduct<TRow>.Rows];
        for (int row = 0; row < rows.Length; row += four.Length)
        {
            int count = Math.Min(four.Length, rows.Length - row);
            for (int r = 0; r < four.Length; r++)
            {
                four[r] = rows[row + Math.Min(r, count - 1)];
            }

            lanes.Multiply(four, results);
            for (int r = 0; r < count; r++)
            {
                for (int c = 0; c < columns; c++)
                {
                    StoreElement(call, firstRow + (ulong)(row + r), firstColumn + (ulong)c, results[(r * LaneProduct<TRow>.Columns) + c]);
                }
            }
        }
    }

    /// <summary>What multiplies many rows at a time, or null where each element is asked of <see cref="Element"/>.</summary>
    private protected virtual LaneProduct<TRow>? NewLanes(int length) => null;

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

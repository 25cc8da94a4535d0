namespace Spanker.Conformance.Reference;

/// <summary>Cuts a product into tiles that fit the caches, and these into work for threads.</summary>
/// <remarks>
/// The operand with fewer rows is packed into panels, as many at a time as <see cref="MostPanelWords"/> allows; the other is packed a few rows at a
/// time by the thread that multiplies them with every panel. A panel (80 KiB at k = 4096 in registers of 256 bits) then stays in the second level of cache,
/// beside the rows.
/// </remarks>
internal sealed class TiledProduct<TLanes, TVector, TSink>(
    OperandRows a, OperandRows b, int blocks, WeightDefinition definition, int threads, TSink sink, CancellationToken cancellation = default)
    where TLanes : struct, IProductLanes<TVector>
    where TVector : struct
    where TSink : IElementSink
{
    /// <summary>24 MiB.</summary>
    private const long MostPanelWords = 6L << 20;

    /// <summary>384 KiB, or two groups if they are longer.</summary>
    private const long MostRowWords = 96L << 10;

    private const int MostRows = 128;

    /// <summary>
    /// Chunks of rows for each thread, if there are two groups for each: threads are never equally fast, and the rows of a small product then stay in the
    /// first level of cache.
    /// </summary>
    private const int LeastChunks = 4;

    private const int Rows = ProductKernel<TLanes, TVector>.Rows;
    private const int MostGroups = ProductKernel<TLanes, TVector>.MostGroups;

    private static readonly int Width = ProductKernel<TLanes, TVector>.Columns;
    private static readonly int[] LaneOf = [.. Enumerable.Range(0, Width).Select(ProductKernel<TLanes, TVector>.LaneOf)];

    private readonly bool isTransposed = a.Count < b.Count;
    private readonly OperandRows inRows = a.Count < b.Count ? b : a;
    private readonly OperandRows inPanels = a.Count < b.Count ? a : b;

    /// <summary>Multiplies.</summary>
    public void Run()
    {
        if (inPanels.Count == 0)
        {
            return;
        }

        long rowWords = (long)blocks * PackedBlock.Words;
        int panelsAtOnce = (int)Math.Min(DivideUp(inPanels.Count, Width), Math.Max(1, MostPanelWords / (rowWords * Width)));
        int groups = DivideUp(inRows.Count, Rows);
        long groupsOfChunk = Math.Min(groups / ((long)LeastChunks * threads), Math.Min(MostRowWords / (rowWords * Rows), MostRows / Rows));
        int groupsAtOnce = (int)Math.Max(1, groupsOfChunk / MostGroups) * MostGroups;
        using PackedRows panels = new(blocks, panelsAtOnce * Width, Width, LaneOf);
        for (int first = 0; first < inPanels.Count; first += panels.Capacity)
        {
            PackedSource columns = new(panels, inPanels, first, Math.Min(panels.Capacity, inPanels.Count - first));
            ForAll(DivideUp(columns.Count, Width), () => null, (panel, _) => columns.PackGroup(panel, definition));
            ForAll(
                DivideUp(inRows.Count, groupsAtOnce * Rows),
                () => new Lane(new PackedRows(blocks, groupsAtOnce * Rows, Rows, laneOf: null), new TileFinisher<TLanes, TVector>()),
                (chunk, lane) => Multiply(lane!, chunk * groupsAtOnce * Rows, columns));
        }
    }

    private static int DivideUp(int count, int by) => (count + by - 1) / by;

    private void ForAll(int count, Func<Lane?> open, Action<int, Lane?> work)
    {
        if (threads == 1 || count == 1)
        {
            using Lane? lane = open();
            for (int i = 0; i < count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                work(i, lane);
            }

            return;
        }

        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, open, (i, _, lane) =>
        {
            work(i, lane);
            return lane;
        }, lane => lane?.Dispose());
    }

    private void Multiply(Lane lane, int firstRow, in PackedSource columns)
    {
        PackedSource rows = new(lane.Rows, inRows, firstRow, Math.Min(lane.Rows.Capacity, inRows.Count - firstRow));
        int groups = DivideUp(rows.Count, Rows);
        RowLimits limits = default;
        bool hasApart = false;
        for (int group = 0; group < groups; group++)
        {
            rows.PackGroup(group, definition);
            limits = RowLimits.Max(limits, rows.Packed.LimitsOf(group));
            hasApart |= rows.Packed.HasApart(group);
        }

        for (int panel = 0; panel < DivideUp(columns.Count, Width); panel++)
        {
            cancellation.ThrowIfCancellationRequested();
            // Of most operands all tiles are of this kind; of others each is asked.
            bool arePlain = !hasApart && !columns.Packed.HasApart(panel) && RowLimits.Fit(limits, columns.Packed.LimitsOf(panel), blocks);
            for (int first = 0; first < groups; first += MostGroups)
            {
                int count = Math.Min(MostGroups, groups - first);
                ExpectTiles(rows, first, count, columns, panel);
                lane.Finisher.Multiply(rows.Packed, first, count, columns.Packed, panel, arePlain);
                if (arePlain)
                {
                    Give(lane.Finisher, rows, first, slot: 0, count, columns, panel);
                    continue;
                }

                for (int slot = 0; slot < count; slot++)
                {
                    if (rows.Packed.HasApart(first + slot) || columns.Packed.HasApart(panel))
                    {
                        lane.Finisher.AddApart(slot, rows, (first + slot) * Rows, columns, panel * Width, definition);
                    }

                    Give(lane.Finisher, rows, first + slot, slot, groups: 1, columns, panel);
                }
            }
        }
    }

    private void ExpectTiles(in PackedSource rows, int firstGroup, int groups, in PackedSource columns, int panel)
    {
        int row = firstGroup * Rows;
        int column = panel * Width;
        int rowCount = Math.Min(groups * Rows, rows.Count - row);
        int columnCount = Math.Min(Width, columns.Count - column);
        if (isTransposed)
        {
            sink.Expect(columns.First + column, rows.First + row, columnCount, rowCount);
        }
        else
        {
            sink.Expect(rows.First + row, columns.First + column, rowCount, columnCount);
        }
    }

    private void Give(TileFinisher<TLanes, TVector> finisher, in PackedSource rows, int firstGroup, int slot, int groups, in PackedSource columns, int panel)
    {
        int row = firstGroup * Rows;
        int column = panel * Width;
        int rowCount = Math.Min(groups * Rows, rows.Count - row);
        int columnCount = Math.Min(Width, columns.Count - column);
        ReadOnlySpan<int> rowExponents = rows.Packed.Exponents.Slice(row, rowCount);
        ReadOnlySpan<int> columnExponents = columns.Packed.Exponents.Slice(column, columnCount);
        sink.Take(new ElementTile
        {
            FirstRow = isTransposed ? columns.First + column : rows.First + row,
            FirstColumn = isTransposed ? rows.First + row : columns.First + column,
            Rows = isTransposed ? columnCount : rowCount,
            Columns = isTransposed ? rowCount : columnCount,
            RowStride = isTransposed ? 1 : Width,
            ColumnStride = isTransposed ? Width : 1,
            Units = finisher.AreIntegers(slot) ? finisher.Units(slot, groups) : [],
            Values = finisher.AreIntegers(slot) ? [] : finisher.Values(slot),
            RowExponents = isTransposed ? columnExponents : rowExponents,
            ColumnExponents = isTransposed ? rowExponents : columnExponents,
        });
    }

    /// <summary>What one thread works with.</summary>
    private sealed record Lane(PackedRows Rows, TileFinisher<TLanes, TVector> Finisher) : IDisposable
    {
        public void Dispose()
        {
            Rows.Dispose();
            Finisher.Dispose();
        }
    }
}

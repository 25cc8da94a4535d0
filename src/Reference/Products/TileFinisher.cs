using System.Runtime.CompilerServices;

namespace Spanker.Conformance.Reference;

/// <summary>One thread's tiles: runs the kernel on groups of four rows and a panel, and makes exact elements of its sums.</summary>
/// <remarks>
/// Where <see cref="RowLimits.Fit"/> says so, all is done in 64 bits. Else the kernel makes only the scaled products of each super-block, and the
/// scales come in 128 bits. Blocks set apart are added through the 128-bit engine. docs/numerics.md, section 2.
/// </remarks>
/// <typeparam name="TLanes">The hardware's operations.</typeparam>
/// <typeparam name="TVector">The hardware's register.</typeparam>
internal sealed class TileFinisher<TLanes, TVector> : IDisposable
    where TLanes : struct, IProductLanes<TVector>
    where TVector : struct
{
    private const int Rows = ProductKernel<TLanes, TVector>.Rows;
    private const int MostGroups = ProductKernel<TLanes, TVector>.MostGroups;
    private const int MostBlocks = ProductKernel<TLanes, TVector>.MostBlocks;
    private static readonly int Columns = ProductKernel<TLanes, TVector>.Columns;
    private static readonly int Elements = Rows * Columns;
    private static readonly int[] LaneOf = [.. Enumerable.Range(0, Columns).Select(ProductKernel<TLanes, TVector>.LaneOf)];

    private readonly AlignedWords products = new(MostBlocks * MostGroups * ProductKernel<TLanes, TVector>.ProductWords);
    private readonly bool[] fits = new bool[MostGroups];
    private readonly long[] units = new long[MostGroups * Elements];
    private readonly ExactValue[] values = new ExactValue[MostGroups * Elements];

    /// <summary>Whether the elements of a group that was last multiplied are <see cref="Units"/>; else they are <see cref="Values"/>.</summary>
    public bool AreIntegers(int slot) => fits[slot];

    /// <summary>The elements of some groups as integers, [4 groups x columns].</summary>
    public Span<long> Units(int slot, int groups) => units.AsSpan(slot * Elements, groups * Elements);

    /// <summary>The elements of a group as values, [4 x columns].</summary>
    public Span<ExactValue> Values(int slot) => values.AsSpan(slot * Elements, Elements);

    /// <summary>Makes the elements of some groups of four rows and a panel, but for blocks set apart.</summary>
    /// <param name="rows">Rows in groups of four.</param>
    /// <param name="first">The first of the groups, slot 0.</param>
    /// <param name="groups">How many, at most <see cref="ProductKernel{TLanes, TVector}.MostGroups"/>.</param>
    /// <param name="columns">Panels.</param>
    /// <param name="panel">Which panel.</param>
    /// <param name="allFit">Whether 64 bits are known to hold all of them.</param>
    public void Multiply(PackedRows rows, int first, int groups, PackedRows columns, int panel, bool allFit)
    {
        for (int slot = 0; slot < groups; slot++)
        {
            fits[slot] = allFit || RowLimits.Fit(rows.LimitsOf(first + slot), columns.LimitsOf(panel), rows.Blocks);
            if (!fits[slot])
            {
                Values(slot).Fill(ExactValue.Finite(0));
            }
        }

        int stride = rows.Blocks * PackedBlock.Words;
        for (int block = 0; block < rows.Blocks; block += MostBlocks)
        {
            int blocks = Math.Min(MostBlocks, rows.Blocks - block);
            ref int panelBlock = ref columns.First(panel, block);
            ProductKernel<TLanes, TVector>.Multiply(ref rows.First(first, block), stride, groups, ref panelBlock, blocks, ref products.First);
            for (int slot = 0; slot < groups; slot++)
            {
                ref int groupRows = ref rows.First(first + slot, block);
                ref int groupProducts = ref Unsafe.Add(ref products.First, slot * ProductKernel<TLanes, TVector>.ProductWords);
                if (!fits[slot])
                {
                    AddIn128Bits(rows, first + slot, columns, panel, block, blocks, slot, groups);
                }
                else if (RowLimits.FitInCommonUnit(rows.LimitsOf(first + slot), columns.LimitsOf(panel)))
                {
                    ProductKernel<TLanes, TVector>.Join(
                        ref groupRows, stride, ref panelBlock, blocks, ref groupProducts, groups, isFirst: block == 0, ref Units(slot, groups: 1)[0]);
                }
                else
                {
                    ProductKernel<TLanes, TVector>.JoinShifted(
                        ref groupRows,
                        stride,
                        ref panelBlock,
                        blocks,
                        ref groupProducts,
                        groups,
                        ref rows.ShiftsOf(first + slot),
                        ref columns.ShiftsOf(panel),
                        isFirst: block == 0,
                        ref Units(slot, groups: 1)[0]);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => products.Dispose();

    /// <summary>Adds the products of blocks that are set apart in one of the two rows; the elements are <see cref="Values"/> then.</summary>
    /// <param name="slot">The group that was multiplied.</param>
    /// <param name="rows">Rows in groups of four, with their bytes.</param>
    /// <param name="firstRow">The first of the four.</param>
    /// <param name="columns">Panels, with their bytes.</param>
    /// <param name="firstColumn">The first row of the panel.</param>
    /// <param name="definition">What a weight is worth.</param>
    public void AddApart(int slot, in PackedSource rows, int firstRow, in PackedSource columns, int firstColumn, WeightDefinition definition)
    {
        if (fits[slot])
        {
            ToValues(slot, rows.Packed, firstRow, columns.Packed, firstColumn);
            fits[slot] = false;
        }

        Span<ExactValue> elements = Values(slot);
        var rowWeights = new ExactRow?[Rows];
        var columnWeights = new ExactRow?[Columns];
        for (int block = 0; block < rows.Packed.Blocks; block++)
        {
            Array.Clear(rowWeights);
            Array.Clear(columnWeights);
            for (int r = 0; r < Rows && firstRow + r < rows.Count; r++)
            {
                for (int c = 0; c < Columns && firstColumn + c < columns.Count; c++)
                {
                    if (rows.Packed.IsApart(firstRow + r, block) || columns.Packed.IsApart(firstColumn + c, block))
                    {
                        rowWeights[r] ??= rows.Decode(firstRow + r, block, definition);
                        columnWeights[c] ??= columns.Decode(firstColumn + c, block, definition);
                        ref ExactValue value = ref elements[(r * Columns) + c];
                        value = ExactValue.Sum(value, ExactProduct.Dot(rowWeights[r]!, columnWeights[c]!));
                    }
                }
            }
        }
    }

    private void AddIn128Bits(PackedRows rows, int group, PackedRows columns, int panel, int firstBlock, int blocks, int slot, int groups)
    {
        Span<ExactValue> elements = Values(slot);
        for (int b = 0; b < blocks; b++)
        {
            int block = firstBlock + b;
            ReadOnlySpan<int> scaledProducts = products.Span.Slice(((b * groups) + slot) * Elements, Elements);
            for (int r = 0; r < Rows; r++)
            {
                int row = (group * Rows) + r;
                for (int c = 0; c < Columns; c++)
                {
                    int column = (panel * Columns) + c;
                    Int128 sum = Scaled(scaledProducts[(r * Columns) + LaneOf[c]], rows.D(row, block), columns.D(column, block))
                        - Scaled(Dot(rows, row, PackedBlock.Sums, columns, column, PackedBlock.Minimums, block), rows.D(row, block), columns.DMin(column, block))
                        - Scaled(Dot(rows, row, PackedBlock.Minimums, columns, column, PackedBlock.Sums, block), rows.DMin(row, block), columns.D(column, block))
                        + (Scaled(Dot(rows, row, PackedBlock.Minimums, columns, column, PackedBlock.Minimums, block), rows.DMin(row, block), columns.DMin(column, block))
                            << ProductKernel<TLanes, TVector>.SubBlockShift);
                    ref ExactValue value = ref elements[(r * Columns) + c];
                    value = ExactValue.Finite(value.Units + sum);
                }
            }
        }
    }

    /// <summary>Eight products, of two in each of four words.</summary>
    private static int Dot(PackedRows rows, int row, int rowWord, PackedRows columns, int column, int columnWord, int block)
    {
        int sum = 0;
        for (int i = 0; i < PackedBlock.Groups; i++)
        {
            int left = rows.Word(row, block, rowWord + i);
            int right = columns.Word(column, block, columnWord + i);
            sum += ((left & 0xffff) * (right & 0xffff)) + ((left >> 16) * (right >> 16));
        }

        return sum;
    }

    /// <summary>In units of 2^-48: 28 bits and twice 11 fit into 64, before the exponents shift them into 128.</summary>
    private static Int128 Scaled(long sum, HalfInteger left, HalfInteger right) =>
        (Int128)(sum * left.Significand * right.Significand) << (left.Exponent + right.Exponent);

    private void ToValues(int slot, PackedRows rows, int firstRow, PackedRows columns, int firstColumn)
    {
        ReadOnlySpan<long> integers = Units(slot, groups: 1);
        Span<ExactValue> elements = Values(slot);
        for (int r = 0; r < Rows; r++)
        {
            for (int c = 0; c < Columns; c++)
            {
                int shift = rows.Exponents[firstRow + r] + columns.Exponents[firstColumn + c] - ExactValue.UnitExponent;
                elements[(r * Columns) + c] = ExactValue.Finite((Int128)integers[(r * Columns) + c] << shift);
            }
        }
    }
}

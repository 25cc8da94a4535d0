using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Spanker.Conformance.Reference;

/// <summary>One thread's tiles: runs the kernel on four rows and a panel, and makes exact elements of its sums.</summary>
/// <remarks>
/// Where <see cref="RowLimits.Fit"/> says so, all is done in 64 bits. Else the kernel runs a super-block at a time without the scales, and these
/// come in 128 bits. Blocks set apart are added through the 128-bit engine. docs/numerics.md, section 2.
/// </remarks>
/// <typeparam name="TLanes">The hardware's operations.</typeparam>
/// <typeparam name="TVector">The hardware's register.</typeparam>
internal sealed class TileFinisher<TLanes, TVector>
    where TLanes : struct, IProductLanes<TVector>
    where TVector : struct
{
    private const int Rows = ProductKernel<TLanes, TVector>.Rows;
    private static readonly int Columns = ProductKernel<TLanes, TVector>.Columns;

    private readonly AlignedWords sums = new(ProductKernel<TLanes, TVector>.MostGroups * ProductKernel<TLanes, TVector>.SumWords);
    private readonly AlignedWords blockSums = new(ProductKernel<TLanes, TVector>.SumWords);
    private readonly bool[] fits = new bool[ProductKernel<TLanes, TVector>.MostGroups];
    private readonly AlignedWords rowBlock = new(Rows * PackedBlock.Words);
    private readonly AlignedWords panelBlock = new(Columns * PackedBlock.Words);

    /// <summary>The elements as integers, [4 x columns], if the last tile fitted.</summary>
    public long[] Units { get; } = new long[Rows * Columns];

    /// <summary>The elements as values, [4 x columns], if it did not.</summary>
    public ExactValue[] Values { get; } = new ExactValue[Rows * Columns];

    /// <summary>Runs the kernel on some groups of four rows and a panel; <see cref="Finish"/> makes elements of each group's sums.</summary>
    /// <param name="rows">Rows in groups of four.</param>
    /// <param name="first">The first of the groups.</param>
    /// <param name="groups">How many, at most <see cref="ProductKernel{TLanes, TVector}.MostGroups"/>.</param>
    /// <param name="columns">Panels.</param>
    /// <param name="panel">Which panel.</param>
    public void Accumulate(PackedRows rows, int first, int groups, PackedRows columns, int panel)
    {
        bool anyFits = false;
        for (int group = 0; group < groups; group++)
        {
            fits[group] = RowLimits.Fit(rows.LimitsOf(first + group), columns.LimitsOf(panel), rows.Blocks);
            anyFits |= fits[group];
        }

        if (anyFits)
        {
            // The sums of a group that does not fit are of no use, and are not read.
            ProductKernel<TLanes, TVector>.Accumulate(
                ref rows.First(first), rows.Blocks * PackedBlock.Words, groups, ref columns.First(panel), rows.Blocks, ref sums.First);
        }
    }

    /// <summary>Makes elements of the sums of one of the groups that were last multiplied.</summary>
    /// <param name="rows">Rows in groups of four.</param>
    /// <param name="first">The first of the groups.</param>
    /// <param name="slot">Which of them, from 0.</param>
    /// <param name="columns">Panels.</param>
    /// <param name="panel">Which panel.</param>
    /// <returns>Whether the elements are in <see cref="Units"/>; else they are in <see cref="Values"/>.</returns>
    public bool Finish(PackedRows rows, int first, int slot, PackedRows columns, int panel)
    {
        if (!fits[slot])
        {
            RunIn128Bits(rows, first + slot, columns, panel);
            return false;
        }

        ProductKernel<TLanes, TVector>.Join(
            ref Unsafe.Add(ref sums.First, slot * ProductKernel<TLanes, TVector>.SumWords),
            ref rows.ShiftsOf(first + slot),
            ref columns.ShiftsOf(panel),
            ref MemoryMarshal.GetArrayDataReference(Units));
        return true;
    }

    /// <summary>Adds the products of blocks that are set apart in one of the two rows; the elements are in <see cref="Values"/> then.</summary>
    /// <param name="wereIntegers">What <see cref="Finish"/> returned.</param>
    /// <param name="rows">Rows in groups of four, with their bytes.</param>
    /// <param name="firstRow">The first of the four.</param>
    /// <param name="columns">Panels, with their bytes.</param>
    /// <param name="firstColumn">The first row of the panel.</param>
    /// <param name="definition">What a weight is worth.</param>
    public void AddApart(bool wereIntegers, in PackedSource rows, int firstRow, in PackedSource columns, int firstColumn, WeightDefinition definition)
    {
        if (wereIntegers)
        {
            ToValues(rows.Packed, firstRow, columns.Packed, firstColumn);
        }

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
                        ref ExactValue value = ref Values[(r * Columns) + c];
                        value = ExactValue.Sum(value, ExactProduct.Dot(rowWeights[r]!, columnWeights[c]!));
                    }
                }
            }
        }
    }

    private void RunIn128Bits(PackedRows rows, int group, PackedRows columns, int panel)
    {
        Array.Fill(Values, ExactValue.Finite(0));
        for (int block = 0; block < rows.Blocks; block++)
        {
            rows.CopyBlock(group, block, rowBlock.Span);
            columns.CopyBlock(panel, block, panelBlock.Span);
            for (int r = 0; r < Rows; r++)
            {
                rowBlock.Span.Slice((r * PackedBlock.Words) + PackedBlock.D, 2).Fill(1);
            }

            panelBlock.Span.Slice(Columns * PackedBlock.D, Columns * 2).Fill(1);
            ProductKernel<TLanes, TVector>.Accumulate(ref rowBlock.First, PackedBlock.Words, groups: 1, ref panelBlock.First, blocks: 1, ref blockSums.First);
            AddIn128Bits(rows, group * Rows, columns, panel * Columns, block);
        }
    }

    private void AddIn128Bits(PackedRows rows, int firstRow, PackedRows columns, int firstColumn, int block)
    {
        ReadOnlySpan<long> all = MemoryMarshal.Cast<int, long>(blockSums.Span);
        int term = Rows * Columns;
        for (int r = 0; r < Rows; r++)
        {
            HalfInteger rowD = rows.D(firstRow + r, block);
            HalfInteger rowDMin = rows.DMin(firstRow + r, block);
            for (int c = 0; c < Columns; c++)
            {
                HalfInteger columnD = columns.D(firstColumn + c, block);
                HalfInteger columnDMin = columns.DMin(firstColumn + c, block);
                int at = (r * Columns) + c;
                Int128 products = Scaled(all[at], rowD, columnD)
                    - Scaled(all[at + term], rowD, columnDMin)
                    - Scaled(all[at + (2 * term)], rowDMin, columnD)
                    + (Scaled(all[at + (3 * term)], rowDMin, columnDMin) << ProductKernel<TLanes, TVector>.SubBlockShift);
                ref ExactValue value = ref Values[(r * Columns) + c];
                value = ExactValue.Finite(value.Units + products);
            }
        }
    }

    /// <summary>In units of 2^-48: 28 bits and twice 11 fit into 64, before the exponents shift them into 128.</summary>
    private static Int128 Scaled(long sum, HalfInteger left, HalfInteger right) =>
        (Int128)(sum * left.Significand * right.Significand) << (left.Exponent + right.Exponent);

    private void ToValues(PackedRows rows, int firstRow, PackedRows columns, int firstColumn)
    {
        for (int r = 0; r < Rows; r++)
        {
            for (int c = 0; c < Columns; c++)
            {
                int shift = rows.Exponents[firstRow + r] + columns.Exponents[firstColumn + c] - ExactValue.UnitExponent;
                Values[(r * Columns) + c] = ExactValue.Finite((Int128)Units[(r * Columns) + c] << shift);
            }
        }
    }
}

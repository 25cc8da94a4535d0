using System.Runtime.CompilerServices;

namespace Spanker.Conformance.Reference;

/// <summary>Integer dot products of four packed rows with a panel of two registers' columns, a super-block at a time.</summary>
/// <remarks>
/// For a row a and a column b of one super-block, with A' = sc_a q_a and B' = sc_b q_b:
/// <code>
///   P = sum_i A'_i B'_i          at most 256 * 945^2        &lt; 2^28
///   Q = sum_s m_b sum_i A'_i     at most   8 * 63 * 30 240  &lt; 2^24
///   R = sum_s m_a sum_i B'_i     as Q
///   M = sum_s m_a m_b            at most   8 * 63^2         &lt; 2^15
///   sum_i a_i b_i = d_a d_b P - d_a dmin_b Q - dmin_a d_b R + 32 dmin_a dmin_b M
/// </code>
/// P comes two sub-blocks at a time: their nibbles lie in one register, so 16 steps of a byte product and a 16-bit sum (16 * 450 = 7200)
/// serve both, and one product with the pair of scale products (63^2 = 3969) ends in 32 bits. docs/numerics.md, section 2; docs/performance.md.
/// </remarks>
/// <typeparam name="TLanes">The hardware's operations.</typeparam>
/// <typeparam name="TVector">The hardware's register.</typeparam>
internal static class ProductKernel<TLanes, TVector>
    where TLanes : struct, IProductLanes<TVector>
    where TVector : struct
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = 4;

    /// <summary>Registers side by side in a panel.</summary>
    public const int Registers = 2;

    /// <summary>Groups of rows that take turns at a super-block of the panel: their sums and rows, and the panel's super-block, fit into 32 KiB beside each other.</summary>
    public const int MostGroups = 2;

    /// <summary>Super-blocks at a time: their P and what the terms read of a panel fit into 32 KiB beside each other.</summary>
    public const int MostBlocks = 32;

    /// <summary>M counts each of a sub-block's 32 weights: log2 of that.</summary>
    public const int SubBlockShift = 5;

    /// <summary>Columns of a panel.</summary>
    public static int Columns => Registers * TLanes.Count;

    /// <summary>Words of a group's P of one super-block, [4 rows x columns].</summary>
    public static int ProductWords => Rows * Columns;

    /// <summary>
    /// Where in a panel a column stands. The first half of a register's columns takes the even lanes, the second the odd ones, so that the sums,
    /// of which the even lanes' come first, lie in the order of the columns.
    /// </summary>
    public static int LaneOf(int column)
    {
        int half = TLanes.Count / 2;
        (int register, int place) = Math.DivRem(column, TLanes.Count);
        return (register * TLanes.Count) + (place < half ? 2 * place : (2 * (place - half)) + 1);
    }

    /// <summary>P of some super-blocks.</summary>
    /// <remarks>A super-block of the panel serves all groups of rows while it lies in the first level of cache.</remarks>
    /// <param name="rows">The first word of the first row's first super-block.</param>
    /// <param name="stride">Words from a row to the next.</param>
    /// <param name="groups">Groups of four rows.</param>
    /// <param name="panel">The first word of the panel's first super-block.</param>
    /// <param name="blocks">Super-blocks.</param>
    /// <param name="products">[blocks x groups x 4 x columns] words.</param>
    public static void Multiply(ref int rows, nint stride, int groups, ref int panel, int blocks, ref int products)
    {
        // Indices alone: they lie within the rows, the panel and the products, whose lengths are ints. (Lanes wrap in any case; above stands why none does.)
        unchecked
        {
            nint panelWords = PackedBlock.Words * Columns;
            for (int block = 0; block < blocks; block++)
            {
                for (nint group = 0; group < groups; group++)
                {
                    Block(ref Unsafe.Add(ref rows, group * Rows * stride), stride, ref panel, ref products);
                    products = ref Unsafe.Add(ref products, ProductWords);
                }

                rows = ref Unsafe.Add(ref rows, PackedBlock.Words);
                panel = ref Unsafe.Add(ref panel, panelWords);
            }
        }
    }

    private static void Block(ref int rows, nint stride, ref int panel, ref int products)
    {
        // Indices alone, as in Multiply.
        unchecked
        {
            nint count = TLanes.Count;
            ref int row1 = ref Unsafe.Add(ref rows, stride);
            ref int row2 = ref Unsafe.Add(ref row1, stride);
            ref int row3 = ref Unsafe.Add(ref row2, stride);
            TVector p00 = TLanes.Zero, p01 = TLanes.Zero, p10 = TLanes.Zero, p11 = TLanes.Zero;
            TVector p20 = TLanes.Zero, p21 = TLanes.Zero, p30 = TLanes.Zero, p31 = TLanes.Zero;
            for (nint g = 0; g < PackedBlock.Groups; g++)
            {
                // Two steps a turn, and four products before their four sums: the order in which the hardware's pipes are kept busiest (docs/performance.md).
                // The first step's products are the first sums.
                nint t = g * PackedBlock.Steps;
                nint last = t + PackedBlock.Steps - 1;
                ref int nibbles = ref Unsafe.Add(ref panel, t * 2 * count);
                TVector b0 = TLanes.Load(ref nibbles, 0);
                TVector b1 = TLanes.Load(ref nibbles, count);
                TVector a0 = TLanes.Broadcast(Unsafe.Add(ref rows, t));
                TVector a1 = TLanes.Broadcast(Unsafe.Add(ref row1, t));
                TVector s00 = TLanes.MultiplyAddBytes(b0, a0);
                TVector s01 = TLanes.MultiplyAddBytes(b1, a0);
                TVector s10 = TLanes.MultiplyAddBytes(b0, a1);
                TVector s11 = TLanes.MultiplyAddBytes(b1, a1);
                a0 = TLanes.Broadcast(Unsafe.Add(ref row2, t));
                a1 = TLanes.Broadcast(Unsafe.Add(ref row3, t));
                TVector s20 = TLanes.MultiplyAddBytes(b0, a0);
                TVector s21 = TLanes.MultiplyAddBytes(b1, a0);
                TVector s30 = TLanes.MultiplyAddBytes(b0, a1);
                TVector s31 = TLanes.MultiplyAddBytes(b1, a1);
                TVector m00, m01, m10, m11;
                for (t++; t < last; t += 2)
                {
                    nibbles = ref Unsafe.Add(ref nibbles, 2 * count);
                    b0 = TLanes.Load(ref nibbles, 0);
                    b1 = TLanes.Load(ref nibbles, count);
                    a0 = TLanes.Broadcast(Unsafe.Add(ref rows, t));
                    a1 = TLanes.Broadcast(Unsafe.Add(ref row1, t));
                    m00 = TLanes.MultiplyAddBytes(b0, a0);
                    m01 = TLanes.MultiplyAddBytes(b1, a0);
                    m10 = TLanes.MultiplyAddBytes(b0, a1);
                    m11 = TLanes.MultiplyAddBytes(b1, a1);
                    s00 = TLanes.Add16(s00, m00);
                    s01 = TLanes.Add16(s01, m01);
                    s10 = TLanes.Add16(s10, m10);
                    s11 = TLanes.Add16(s11, m11);
                    a0 = TLanes.Broadcast(Unsafe.Add(ref row2, t));
                    a1 = TLanes.Broadcast(Unsafe.Add(ref row3, t));
                    m00 = TLanes.MultiplyAddBytes(b0, a0);
                    m01 = TLanes.MultiplyAddBytes(b1, a0);
                    m10 = TLanes.MultiplyAddBytes(b0, a1);
                    m11 = TLanes.MultiplyAddBytes(b1, a1);
                    s20 = TLanes.Add16(s20, m00);
                    s21 = TLanes.Add16(s21, m01);
                    s30 = TLanes.Add16(s30, m10);
                    s31 = TLanes.Add16(s31, m11);

                    b0 = TLanes.Load(ref nibbles, 2 * count);
                    b1 = TLanes.Load(ref nibbles, 3 * count);
                    a0 = TLanes.Broadcast(Unsafe.Add(ref rows, t + 1));
                    a1 = TLanes.Broadcast(Unsafe.Add(ref row1, t + 1));
                    m00 = TLanes.MultiplyAddBytes(b0, a0);
                    m01 = TLanes.MultiplyAddBytes(b1, a0);
                    m10 = TLanes.MultiplyAddBytes(b0, a1);
                    m11 = TLanes.MultiplyAddBytes(b1, a1);
                    s00 = TLanes.Add16(s00, m00);
                    s01 = TLanes.Add16(s01, m01);
                    s10 = TLanes.Add16(s10, m10);
                    s11 = TLanes.Add16(s11, m11);
                    a0 = TLanes.Broadcast(Unsafe.Add(ref row2, t + 1));
                    a1 = TLanes.Broadcast(Unsafe.Add(ref row3, t + 1));
                    m00 = TLanes.MultiplyAddBytes(b0, a0);
                    m01 = TLanes.MultiplyAddBytes(b1, a0);
                    m10 = TLanes.MultiplyAddBytes(b0, a1);
                    m11 = TLanes.MultiplyAddBytes(b1, a1);
                    s20 = TLanes.Add16(s20, m00);
                    s21 = TLanes.Add16(s21, m01);
                    s30 = TLanes.Add16(s30, m10);
                    s31 = TLanes.Add16(s31, m11);
                    nibbles = ref Unsafe.Add(ref nibbles, 2 * count);
                }

                nibbles = ref Unsafe.Add(ref nibbles, 2 * count);
                b0 = TLanes.Load(ref nibbles, 0);
                b1 = TLanes.Load(ref nibbles, count);
                a0 = TLanes.Broadcast(Unsafe.Add(ref rows, last));
                a1 = TLanes.Broadcast(Unsafe.Add(ref row1, last));
                m00 = TLanes.MultiplyAddBytes(b0, a0);
                m01 = TLanes.MultiplyAddBytes(b1, a0);
                m10 = TLanes.MultiplyAddBytes(b0, a1);
                m11 = TLanes.MultiplyAddBytes(b1, a1);
                s00 = TLanes.Add16(s00, m00);
                s01 = TLanes.Add16(s01, m01);
                s10 = TLanes.Add16(s10, m10);
                s11 = TLanes.Add16(s11, m11);
                a0 = TLanes.Broadcast(Unsafe.Add(ref row2, last));
                a1 = TLanes.Broadcast(Unsafe.Add(ref row3, last));
                m00 = TLanes.MultiplyAddBytes(b0, a0);
                m01 = TLanes.MultiplyAddBytes(b1, a0);
                m10 = TLanes.MultiplyAddBytes(b0, a1);
                m11 = TLanes.MultiplyAddBytes(b1, a1);
                s20 = TLanes.Add16(s20, m00);
                s21 = TLanes.Add16(s21, m01);
                s30 = TLanes.Add16(s30, m10);
                s31 = TLanes.Add16(s31, m11);

                nint at = PackedBlock.Scales + g;
                TVector scale0 = TLanes.Load(ref panel, at * 2 * count);
                TVector scale1 = TLanes.Load(ref panel, ((at * 2) + 1) * count);
                TVector scale = TLanes.Broadcast(Unsafe.Add(ref rows, at));
                p00 = TLanes.Add32(p00, TLanes.MultiplyAdd16(s00, TLanes.Multiply16(scale, scale0)));
                p01 = TLanes.Add32(p01, TLanes.MultiplyAdd16(s01, TLanes.Multiply16(scale, scale1)));
                scale = TLanes.Broadcast(Unsafe.Add(ref row1, at));
                p10 = TLanes.Add32(p10, TLanes.MultiplyAdd16(s10, TLanes.Multiply16(scale, scale0)));
                p11 = TLanes.Add32(p11, TLanes.MultiplyAdd16(s11, TLanes.Multiply16(scale, scale1)));
                scale = TLanes.Broadcast(Unsafe.Add(ref row2, at));
                p20 = TLanes.Add32(p20, TLanes.MultiplyAdd16(s20, TLanes.Multiply16(scale, scale0)));
                p21 = TLanes.Add32(p21, TLanes.MultiplyAdd16(s21, TLanes.Multiply16(scale, scale1)));
                scale = TLanes.Broadcast(Unsafe.Add(ref row3, at));
                p30 = TLanes.Add32(p30, TLanes.MultiplyAdd16(s30, TLanes.Multiply16(scale, scale0)));
                p31 = TLanes.Add32(p31, TLanes.MultiplyAdd16(s31, TLanes.Multiply16(scale, scale1)));
            }

            TLanes.Store(p00, ref products, 0);
            TLanes.Store(p01, ref products, count);
            TLanes.Store(p10, ref products, 2 * count);
            TLanes.Store(p11, ref products, 3 * count);
            TLanes.Store(p20, ref products, 4 * count);
            TLanes.Store(p21, ref products, 5 * count);
            TLanes.Store(p30, ref products, 6 * count);
            TLanes.Store(p31, ref products, 7 * count);
        }
    }

    /// <summary>Elements of a group of rows: Q, R and M of some super-blocks, and all four terms times their scales, in the common units of row and column.</summary>
    /// <param name="rows">As <see cref="Multiply"/> took them, of this group.</param>
    /// <param name="stride">Words from a row to the next.</param>
    /// <param name="panel">As <see cref="Multiply"/> took it.</param>
    /// <param name="blocks">Super-blocks.</param>
    /// <param name="products">The first of the group's P.</param>
    /// <param name="groups">Groups that <see cref="Multiply"/> took.</param>
    /// <param name="rowShifts">[2 x 4] how far the units of a row lie above their common one: those of d first, then those of dmin.</param>
    /// <param name="columnShifts">[2 x columns] the same of the columns.</param>
    /// <param name="isFirst">Whether these are the first super-blocks of the elements; else they are added.</param>
    /// <param name="elements">[4 x columns] integers.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Join(
        ref int rows,
        nint stride,
        ref int panel,
        int blocks,
        ref int products,
        int groups,
        ref long rowShifts,
        ref long columnShifts,
        bool isFirst,
        ref long elements)
    {
        // Indices alone, as in Multiply; RowLimits.Fit has bounded the sum of the four terms' magnitudes below 2^62.
        unchecked
        {
            nint count = TLanes.Count;
            nint step = Registers * count;
            nint productStride = groups * ProductWords;
            for (nint r = 0; r < Rows; r++)
            {
                // d's two terms, then dmin's: sums of all four at once would take more registers than there are.
                TVector even0 = TLanes.Zero, odd0 = TLanes.Zero, even1 = TLanes.Zero, odd1 = TLanes.Zero;
                TVector lessEven0 = TLanes.Zero, lessOdd0 = TLanes.Zero, lessEven1 = TLanes.Zero, lessOdd1 = TLanes.Zero;
                ref int row = ref rows;
                ref int column = ref panel;
                ref int product = ref products;
                for (int block = 0; block < blocks; block++)
                {
                    TVector d = TLanes.Broadcast(Unsafe.Add(ref row, PackedBlock.D));
                    TVector scale = TLanes.Multiply32(d, TLanes.Load(ref column, PackedBlock.D * step));
                    TVector value = TLanes.Load(ref product, 0);
                    even0 = TLanes.Add64(even0, TLanes.MultiplyEven32(value, scale));
                    odd0 = TLanes.Add64(odd0, MultiplyOdd32(value, scale));
                    scale = TLanes.Multiply32(d, TLanes.Load(ref column, (PackedBlock.D * step) + count));
                    value = TLanes.Load(ref product, count);
                    even1 = TLanes.Add64(even1, TLanes.MultiplyEven32(value, scale));
                    odd1 = TLanes.Add64(odd1, MultiplyOdd32(value, scale));

                    (TVector q0, TVector q1) = Dots(ref Unsafe.Add(ref row, PackedBlock.Sums), ref Unsafe.Add(ref column, PackedBlock.Minimums * step));
                    scale = TLanes.Multiply32(d, TLanes.Load(ref column, PackedBlock.DMin * step));
                    lessEven0 = TLanes.Add64(lessEven0, TLanes.MultiplyEven32(q0, scale));
                    lessOdd0 = TLanes.Add64(lessOdd0, MultiplyOdd32(q0, scale));
                    scale = TLanes.Multiply32(d, TLanes.Load(ref column, (PackedBlock.DMin * step) + count));
                    lessEven1 = TLanes.Add64(lessEven1, TLanes.MultiplyEven32(q1, scale));
                    lessOdd1 = TLanes.Add64(lessOdd1, MultiplyOdd32(q1, scale));
                    row = ref Unsafe.Add(ref row, PackedBlock.Words);
                    column = ref Unsafe.Add(ref column, PackedBlock.Words * step);
                    product = ref Unsafe.Add(ref product, productStride);
                }

                ref int shifts = ref Unsafe.As<long, int>(ref columnShifts);
                ref int sums = ref Unsafe.As<long, int>(ref elements);
                TVector shift = TLanes.Broadcast64(rowShifts);
                even0 = InCommonUnit(even0, lessEven0, shift, ref shifts, 0);
                odd0 = InCommonUnit(odd0, lessOdd0, shift, ref shifts, count);
                even1 = InCommonUnit(even1, lessEven1, shift, ref shifts, 2 * count);
                odd1 = InCommonUnit(odd1, lessOdd1, shift, ref shifts, 3 * count);
                if (!isFirst)
                {
                    even0 = TLanes.Add64(even0, TLanes.Load(ref sums, 0));
                    odd0 = TLanes.Add64(odd0, TLanes.Load(ref sums, count));
                    even1 = TLanes.Add64(even1, TLanes.Load(ref sums, 2 * count));
                    odd1 = TLanes.Add64(odd1, TLanes.Load(ref sums, 3 * count));
                }

                TLanes.Store(even0, ref sums, 0);
                TLanes.Store(odd0, ref sums, count);
                TLanes.Store(even1, ref sums, 2 * count);
                TLanes.Store(odd1, ref sums, 3 * count);

                even0 = odd0 = even1 = odd1 = TLanes.Zero;
                lessEven0 = lessOdd0 = lessEven1 = lessOdd1 = TLanes.Zero;
                row = ref rows;
                column = ref panel;
                for (int block = 0; block < blocks; block++)
                {
                    TVector dmin = TLanes.Broadcast(Unsafe.Add(ref row, PackedBlock.DMin));
                    (TVector r0, TVector r1) = Dots(ref Unsafe.Add(ref row, PackedBlock.Minimums), ref Unsafe.Add(ref column, PackedBlock.Sums * step));
                    TVector scale = TLanes.Multiply32(dmin, TLanes.Load(ref column, PackedBlock.D * step));
                    even0 = TLanes.Add64(even0, TLanes.MultiplyEven32(r0, scale));
                    odd0 = TLanes.Add64(odd0, MultiplyOdd32(r0, scale));
                    scale = TLanes.Multiply32(dmin, TLanes.Load(ref column, (PackedBlock.D * step) + count));
                    even1 = TLanes.Add64(even1, TLanes.MultiplyEven32(r1, scale));
                    odd1 = TLanes.Add64(odd1, MultiplyOdd32(r1, scale));

                    (TVector m0, TVector m1) = Dots(ref Unsafe.Add(ref row, PackedBlock.Minimums), ref Unsafe.Add(ref column, PackedBlock.Minimums * step));
                    scale = TLanes.Multiply32(dmin, TLanes.Load(ref column, PackedBlock.DMin * step));
                    lessEven0 = TLanes.Add64(lessEven0, TLanes.MultiplyEven32(m0, scale));
                    lessOdd0 = TLanes.Add64(lessOdd0, MultiplyOdd32(m0, scale));
                    scale = TLanes.Multiply32(dmin, TLanes.Load(ref column, (PackedBlock.DMin * step) + count));
                    lessEven1 = TLanes.Add64(lessEven1, TLanes.MultiplyEven32(m1, scale));
                    lessOdd1 = TLanes.Add64(lessOdd1, MultiplyOdd32(m1, scale));
                    row = ref Unsafe.Add(ref row, PackedBlock.Words);
                    column = ref Unsafe.Add(ref column, PackedBlock.Words * step);
                }

                shift = TLanes.Broadcast64(SubBlockShift);
                lessEven0 = TLanes.ShiftLeft64(lessEven0, shift);
                lessOdd0 = TLanes.ShiftLeft64(lessOdd0, shift);
                lessEven1 = TLanes.ShiftLeft64(lessEven1, shift);
                lessOdd1 = TLanes.ShiftLeft64(lessOdd1, shift);
                shift = TLanes.Broadcast64(Unsafe.Add(ref rowShifts, Rows));
                TLanes.Store(TLanes.Subtract64(TLanes.Load(ref sums, 0), InCommonUnit(even0, lessEven0, shift, ref shifts, 0)), ref sums, 0);
                TLanes.Store(TLanes.Subtract64(TLanes.Load(ref sums, count), InCommonUnit(odd0, lessOdd0, shift, ref shifts, count)), ref sums, count);
                TLanes.Store(TLanes.Subtract64(TLanes.Load(ref sums, 2 * count), InCommonUnit(even1, lessEven1, shift, ref shifts, 2 * count)), ref sums, 2 * count);
                TLanes.Store(TLanes.Subtract64(TLanes.Load(ref sums, 3 * count), InCommonUnit(odd1, lessOdd1, shift, ref shifts, 3 * count)), ref sums, 3 * count);

                rows = ref Unsafe.Add(ref rows, stride);
                products = ref Unsafe.Add(ref products, Columns);
                rowShifts = ref Unsafe.Add(ref rowShifts, 1);
                elements = ref Unsafe.Add(ref elements, Columns);
            }
        }
    }

    /// <summary>What goes with the columns' d less what goes with their dmin, shifted into the columns' common unit and then into the row's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector InCommonUnit(TVector sum, TVector less, TVector rowShift, ref int columnShifts, nint at)
    {
        TVector d = TLanes.Load(ref columnShifts, at);
        TVector dmin = TLanes.Load(ref columnShifts, at + (Registers * 2 * TLanes.Count));
        return TLanes.ShiftLeft64(TLanes.Subtract64(TLanes.ShiftLeft64(sum, d), TLanes.ShiftLeft64(less, dmin)), rowShift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector MultiplyOdd32(TVector left, TVector right) => TLanes.MultiplyEven32(TLanes.OddToEven(left), TLanes.OddToEven(right));

    /// <summary>Eight products of a row with each column of both registers: two in a word, four words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector First, TVector Second) Dots(ref int row, ref int panel)
    {
        // Indices alone, as in Multiply.
        unchecked
        {
            nint count = TLanes.Count;
            TVector word = TLanes.Broadcast(row);
            TVector first = TLanes.MultiplyAdd16(word, TLanes.Load(ref panel, 0));
            TVector second = TLanes.MultiplyAdd16(word, TLanes.Load(ref panel, count));
            word = TLanes.Broadcast(Unsafe.Add(ref row, 1));
            first = TLanes.Add32(first, TLanes.MultiplyAdd16(word, TLanes.Load(ref panel, 2 * count)));
            second = TLanes.Add32(second, TLanes.MultiplyAdd16(word, TLanes.Load(ref panel, 3 * count)));
            word = TLanes.Broadcast(Unsafe.Add(ref row, 2));
            first = TLanes.Add32(first, TLanes.MultiplyAdd16(word, TLanes.Load(ref panel, 4 * count)));
            second = TLanes.Add32(second, TLanes.MultiplyAdd16(word, TLanes.Load(ref panel, 5 * count)));
            word = TLanes.Broadcast(Unsafe.Add(ref row, 3));
            first = TLanes.Add32(first, TLanes.MultiplyAdd16(word, TLanes.Load(ref panel, 6 * count)));
            second = TLanes.Add32(second, TLanes.MultiplyAdd16(word, TLanes.Load(ref panel, 7 * count)));
            return (first, second);
        }
    }
}

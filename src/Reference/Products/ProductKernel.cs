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

    /// <summary>The four sums of an element: P, Q, R and M, each times its scales.</summary>
    public const int Terms = 4;

    /// <summary>M counts each of a sub-block's 32 weights: log2 of that.</summary>
    public const int SubBlockShift = 5;

    /// <summary>Columns of a panel.</summary>
    public static int Columns => Registers * TLanes.Count;

    /// <summary>Words that <see cref="Accumulate"/> writes for a group of rows: sums of 64 bits, [4 terms x 4 rows x columns].</summary>
    public static int SumWords => Terms * Rows * Columns * 2;

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

    /// <summary>Sums the products of all super-blocks, times their scales in the units of row and column, in 64 bits.</summary>
    /// <remarks>A super-block of the panel serves all groups of rows while it lies in the first level of cache.</remarks>
    /// <param name="rows">The first word of the first row.</param>
    /// <param name="stride">Words from a row to the next.</param>
    /// <param name="groups">Groups of four rows.</param>
    /// <param name="panel">The first word of the panel.</param>
    /// <param name="blocks">Super-blocks in a row.</param>
    /// <param name="sums">[groups x <see cref="SumWords"/>] words.</param>
    public static void Accumulate(ref int rows, nint stride, int groups, ref int panel, int blocks, ref int sums)
    {
        // Indices alone: they lie within the rows, the panel and the sums, whose lengths are ints. (Lanes wrap in any case; above stands why none does.)
        unchecked
        {
            nint panelWords = PackedBlock.Words * Registers * TLanes.Count;
            for (int block = 0; block < blocks; block++)
            {
                for (nint group = 0; group < groups; group++)
                {
                    Block(ref Unsafe.Add(ref rows, group * Rows * stride), stride, ref panel, block == 0, ref Unsafe.Add(ref sums, group * SumWords));
                }

                rows = ref Unsafe.Add(ref rows, PackedBlock.Words);
                panel = ref Unsafe.Add(ref panel, panelWords);
            }
        }
    }

    private static void Block(ref int rows, nint stride, ref int panel, bool isFirst, ref int sums)
    {
        // Indices alone, as in Accumulate.
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
                TVector s00 = TLanes.Zero, s01 = TLanes.Zero, s10 = TLanes.Zero, s11 = TLanes.Zero;
                TVector s20 = TLanes.Zero, s21 = TLanes.Zero, s30 = TLanes.Zero, s31 = TLanes.Zero;
                // Two steps a turn, and four products before their four sums: the order in which the hardware's pipes are kept busiest (docs/performance.md).
                ref int nibbles = ref Unsafe.Add(ref panel, g * PackedBlock.Steps * 2 * count);
                nint end = (g + 1) * PackedBlock.Steps;
                for (nint t = g * PackedBlock.Steps; t < end; t += 2)
                {
                    TVector b0 = TLanes.Load(ref nibbles, 0);
                    TVector b1 = TLanes.Load(ref nibbles, count);
                    TVector a0 = TLanes.Broadcast(Unsafe.Add(ref rows, t));
                    TVector a1 = TLanes.Broadcast(Unsafe.Add(ref row1, t));
                    TVector m00 = TLanes.MultiplyAddBytes(b0, a0);
                    TVector m01 = TLanes.MultiplyAddBytes(b1, a0);
                    TVector m10 = TLanes.MultiplyAddBytes(b0, a1);
                    TVector m11 = TLanes.MultiplyAddBytes(b1, a1);
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
                    nibbles = ref Unsafe.Add(ref nibbles, 4 * count);
                }

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

            nint row = 2 * 2 * count;
            Tail(p00, p01, ref rows, ref panel, isFirst, ref sums);
            Tail(p10, p11, ref row1, ref panel, isFirst, ref Unsafe.Add(ref sums, row));
            Tail(p20, p21, ref row2, ref panel, isFirst, ref Unsafe.Add(ref sums, 2 * row));
            Tail(p30, p31, ref row3, ref panel, isFirst, ref Unsafe.Add(ref sums, 3 * row));
        }
    }

    /// <summary>Q, R and M of one row, and all four terms times their scales, as the first of the sums or onto them.</summary>
    /// <remarks>A method of its own: four of them in <see cref="Block"/> are more than the compiler inlines, and then some of their parts are not.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Tail(TVector p0, TVector p1, ref int row, ref int panel, bool isFirst, ref int sums)
    {
        // Indices alone, as in Accumulate.
        unchecked
        {
            nint count = TLanes.Count;
            nint term = Rows * Registers * 2 * count;
            TVector d = TLanes.Broadcast(Unsafe.Add(ref row, PackedBlock.D));
            AddScaled(p0, TLanes.Multiply32(d, TLanes.Load(ref panel, PackedBlock.D * 2 * count)), isFirst, ref sums);
            AddScaled(p1, TLanes.Multiply32(d, TLanes.Load(ref panel, ((PackedBlock.D * 2) + 1) * count)), isFirst, ref Unsafe.Add(ref sums, 2 * count));

            ref int minimums = ref Unsafe.Add(ref panel, PackedBlock.Minimums * 2 * count);
            TVector dmin0 = TLanes.Load(ref panel, PackedBlock.DMin * 2 * count);
            TVector dmin1 = TLanes.Load(ref panel, ((PackedBlock.DMin * 2) + 1) * count);
            TVector w0 = TLanes.Broadcast(Unsafe.Add(ref row, PackedBlock.Sums));
            TVector w1 = TLanes.Broadcast(Unsafe.Add(ref row, PackedBlock.Sums + 1));
            TVector w2 = TLanes.Broadcast(Unsafe.Add(ref row, PackedBlock.Sums + 2));
            TVector w3 = TLanes.Broadcast(Unsafe.Add(ref row, PackedBlock.Sums + 3));
            sums = ref Unsafe.Add(ref sums, term);
            AddScaled(Dot(w0, w1, w2, w3, ref minimums), TLanes.Multiply32(d, dmin0), isFirst, ref sums);
            AddScaled(Dot(w0, w1, w2, w3, ref Unsafe.Add(ref minimums, count)), TLanes.Multiply32(d, dmin1), isFirst, ref Unsafe.Add(ref sums, 2 * count));

            d = TLanes.Broadcast(Unsafe.Add(ref row, PackedBlock.DMin));
            w0 = TLanes.Broadcast(Unsafe.Add(ref row, PackedBlock.Minimums));
            w1 = TLanes.Broadcast(Unsafe.Add(ref row, PackedBlock.Minimums + 1));
            w2 = TLanes.Broadcast(Unsafe.Add(ref row, PackedBlock.Minimums + 2));
            w3 = TLanes.Broadcast(Unsafe.Add(ref row, PackedBlock.Minimums + 3));
            sums = ref Unsafe.Add(ref sums, term);
            ref int scaledSums = ref Unsafe.Add(ref panel, PackedBlock.Sums * 2 * count);
            AddScaled(
                Dot(w0, w1, w2, w3, ref scaledSums),
                TLanes.Multiply32(d, TLanes.Load(ref panel, PackedBlock.D * 2 * count)),
                isFirst,
                ref sums);
            AddScaled(
                Dot(w0, w1, w2, w3, ref Unsafe.Add(ref scaledSums, count)),
                TLanes.Multiply32(d, TLanes.Load(ref panel, ((PackedBlock.D * 2) + 1) * count)),
                isFirst,
                ref Unsafe.Add(ref sums, 2 * count));

            sums = ref Unsafe.Add(ref sums, term);
            AddScaled(Dot(w0, w1, w2, w3, ref minimums), TLanes.Multiply32(d, dmin0), isFirst, ref sums);
            AddScaled(Dot(w0, w1, w2, w3, ref Unsafe.Add(ref minimums, count)), TLanes.Multiply32(d, dmin1), isFirst, ref Unsafe.Add(ref sums, 2 * count));
        }
    }

    /// <summary>Eight products of a row with each column: two in a word, four words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Dot(TVector w0, TVector w1, TVector w2, TVector w3, ref int panel)
    {
        // Indices alone, as in Accumulate.
        unchecked
        {
            nint step = 2 * TLanes.Count;
            return TLanes.Add32(
                TLanes.Add32(TLanes.MultiplyAdd16(w0, TLanes.Load(ref panel, 0)), TLanes.MultiplyAdd16(w1, TLanes.Load(ref panel, step))),
                TLanes.Add32(TLanes.MultiplyAdd16(w2, TLanes.Load(ref panel, 2 * step)), TLanes.MultiplyAdd16(w3, TLanes.Load(ref panel, 3 * step))));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddScaled(TVector value, TVector scale, bool isFirst, ref int sums)
    {
        nint count = TLanes.Count;
        TVector even = TLanes.MultiplyEven32(value, scale);
        TVector odd = TLanes.MultiplyEven32(TLanes.OddToEven(value), TLanes.OddToEven(scale));
        if (!isFirst)
        {
            even = TLanes.Add64(even, TLanes.Load(ref sums, 0));
            odd = TLanes.Add64(odd, TLanes.Load(ref sums, count));
        }

        TLanes.Store(even, ref sums, 0);
        TLanes.Store(odd, ref sums, count);
    }

    /// <summary>Joins the four sums of each element in the common units of its row and column.</summary>
    /// <param name="sums">[4 terms x 4 rows x columns] sums, from <see cref="Accumulate"/>.</param>
    /// <param name="rowShifts">[2 x 4] how far the units of a row lie above their common one: those of d first, then those of dmin.</param>
    /// <param name="columnShifts">[2 x columns] the same of the columns.</param>
    /// <param name="elements">[4 x columns] integers.</param>
    public static void Join(ref int sums, ref long rowShifts, ref long columnShifts, ref long elements)
    {
        // Indices alone, as in Accumulate; RowLimits.Fit has bounded the sum of the four terms' magnitudes below 2^62.
        unchecked
        {
            nint count = TLanes.Count;
            nint term = Rows * Registers * 2 * count;
            ref int dShifts = ref Unsafe.As<long, int>(ref columnShifts);
            for (nint r = 0; r < Rows; r++)
            {
                TVector d = TLanes.Broadcast64(Unsafe.Add(ref rowShifts, r));
                TVector dmin = TLanes.Broadcast64(Unsafe.Add(ref rowShifts, Rows + r));
                for (nint at = 0; at < Registers * 2 * count; at += count)
                {
                    ref int sum = ref Unsafe.Add(ref sums, (r * Registers * 2 * count) + at);
                    TVector columnD = TLanes.Load(ref dShifts, at);
                    TVector columnDMin = TLanes.Load(ref dShifts, (Registers * 2 * count) + at);
                    TVector p = TLanes.ShiftLeft64(TLanes.Load(ref sum, 0), TLanes.Add64(d, columnD));
                    TVector q = TLanes.ShiftLeft64(TLanes.Load(ref sum, term), TLanes.Add64(d, columnDMin));
                    TVector t = TLanes.ShiftLeft64(TLanes.Load(ref sum, 2 * term), TLanes.Add64(dmin, columnD));
                    TVector m = TLanes.ShiftLeft64(TLanes.Load(ref sum, 3 * term), TLanes.Add64(TLanes.Add64(dmin, columnDMin), TLanes.Broadcast64(SubBlockShift)));
                    TLanes.Store(
                        TLanes.Subtract64(TLanes.Add64(p, m), TLanes.Add64(q, t)),
                        ref Unsafe.As<long, int>(ref elements),
                        (r * Registers * 2 * count) + at);
                }
            }
        }
    }
}

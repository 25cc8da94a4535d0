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
internal static partial class ProductKernel<TLanes, TVector>
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
                // The first step's products are the first sums; the other fifteen are three turns of five, since each turn has instructions of its own.
                nint t = g * PackedBlock.Steps;
                nint end = t + PackedBlock.Steps;
                ref int nibbles = ref Unsafe.Add(ref panel, t * 2 * count);
                TVector b0 = TLanes.Load(ref nibbles, 0);
                TVector b1 = TLanes.Load(ref nibbles, count);
                TVector a = TLanes.Broadcast(Unsafe.Add(ref rows, t));
                TVector s00 = TLanes.MultiplyAddBytes(b0, a);
                TVector s01 = TLanes.MultiplyAddBytes(b1, a);
                a = TLanes.Broadcast(Unsafe.Add(ref row1, t));
                TVector s10 = TLanes.MultiplyAddBytes(b0, a);
                TVector s11 = TLanes.MultiplyAddBytes(b1, a);
                a = TLanes.Broadcast(Unsafe.Add(ref row2, t));
                TVector s20 = TLanes.MultiplyAddBytes(b0, a);
                TVector s21 = TLanes.MultiplyAddBytes(b1, a);
                a = TLanes.Broadcast(Unsafe.Add(ref row3, t));
                TVector s30 = TLanes.MultiplyAddBytes(b0, a);
                TVector s31 = TLanes.MultiplyAddBytes(b1, a);
                nibbles = ref Unsafe.Add(ref nibbles, 2 * count);
                for (t++; t < end; t += 5)
                {
                    b0 = TLanes.Load(ref nibbles, 0);
                    b1 = TLanes.Load(ref nibbles, count);
                    AddProducts(b0, b1, TLanes.Broadcast(Unsafe.Add(ref rows, t)), TLanes.Broadcast(Unsafe.Add(ref row1, t)), ref s00, ref s01, ref s10, ref s11);
                    AddProducts(b0, b1, TLanes.Broadcast(Unsafe.Add(ref row2, t)), TLanes.Broadcast(Unsafe.Add(ref row3, t)), ref s20, ref s21, ref s30, ref s31);
                    b0 = TLanes.Load(ref nibbles, 2 * count);
                    b1 = TLanes.Load(ref nibbles, 3 * count);
                    AddProducts(b0, b1, TLanes.Broadcast(Unsafe.Add(ref rows, t + 1)), TLanes.Broadcast(Unsafe.Add(ref row1, t + 1)), ref s00, ref s01, ref s10, ref s11);
                    AddProducts(b0, b1, TLanes.Broadcast(Unsafe.Add(ref row2, t + 1)), TLanes.Broadcast(Unsafe.Add(ref row3, t + 1)), ref s20, ref s21, ref s30, ref s31);
                    b0 = TLanes.Load(ref nibbles, 4 * count);
                    b1 = TLanes.Load(ref nibbles, 5 * count);
                    AddProducts(b0, b1, TLanes.Broadcast(Unsafe.Add(ref rows, t + 2)), TLanes.Broadcast(Unsafe.Add(ref row1, t + 2)), ref s00, ref s01, ref s10, ref s11);
                    AddProducts(b0, b1, TLanes.Broadcast(Unsafe.Add(ref row2, t + 2)), TLanes.Broadcast(Unsafe.Add(ref row3, t + 2)), ref s20, ref s21, ref s30, ref s31);
                    b0 = TLanes.Load(ref nibbles, 6 * count);
                    b1 = TLanes.Load(ref nibbles, 7 * count);
                    AddProducts(b0, b1, TLanes.Broadcast(Unsafe.Add(ref rows, t + 3)), TLanes.Broadcast(Unsafe.Add(ref row1, t + 3)), ref s00, ref s01, ref s10, ref s11);
                    AddProducts(b0, b1, TLanes.Broadcast(Unsafe.Add(ref row2, t + 3)), TLanes.Broadcast(Unsafe.Add(ref row3, t + 3)), ref s20, ref s21, ref s30, ref s31);
                    b0 = TLanes.Load(ref nibbles, 8 * count);
                    b1 = TLanes.Load(ref nibbles, 9 * count);
                    AddProducts(b0, b1, TLanes.Broadcast(Unsafe.Add(ref rows, t + 4)), TLanes.Broadcast(Unsafe.Add(ref row1, t + 4)), ref s00, ref s01, ref s10, ref s11);
                    AddProducts(b0, b1, TLanes.Broadcast(Unsafe.Add(ref row2, t + 4)), TLanes.Broadcast(Unsafe.Add(ref row3, t + 4)), ref s20, ref s21, ref s30, ref s31);
                    nibbles = ref Unsafe.Add(ref nibbles, 10 * count);
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

    /// <summary>Adds the products of two rows with two registers; four products before their four sums, the order in which the hardware's pipes are kept busiest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProducts(
        TVector b0, TVector b1, TVector a0, TVector a1, ref TVector sum00, ref TVector sum01, ref TVector sum10, ref TVector sum11)
    {
        TVector p00 = TLanes.MultiplyAddBytes(b0, a0);
        TVector p01 = TLanes.MultiplyAddBytes(b1, a0);
        TVector p10 = TLanes.MultiplyAddBytes(b0, a1);
        TVector p11 = TLanes.MultiplyAddBytes(b1, a1);
        sum00 = TLanes.Add16(sum00, p00);
        sum01 = TLanes.Add16(sum01, p01);
        sum10 = TLanes.Add16(sum10, p10);
        sum11 = TLanes.Add16(sum11, p11);
    }
}

using System.Runtime.CompilerServices;

namespace Spanker.Conformance.Reference;

/// <content>From P to elements in 64 bits.</content>
internal static partial class ProductKernel<TLanes, TVector>
    where TLanes : struct, IProductLanes<TVector>
    where TVector : struct
{
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
    public static void JoinShifted(
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
        // Indices alone, as in Multiply; RowLimits.Fit has bounded the products of scales below 2^31 and the sum of the four terms' magnitudes below 2^62.
        // 32 M is below 2^20.
        unchecked
        {
            nint count = TLanes.Count;
            nint step = Registers * count;
            nint productStride = groups * ProductWords;
            for (nint r = 0; r < Rows; r++)
            {
                // d's two terms, then dmin's: sums of all four at once would take more registers than there are.
                TVector even0 = TLanes.Zero, odd0 = TLanes.Zero, even1 = TLanes.Zero, odd1 = TLanes.Zero;
                TVector minEven0 = TLanes.Zero, minOdd0 = TLanes.Zero, minEven1 = TLanes.Zero, minOdd1 = TLanes.Zero;
                ref int row = ref rows;
                ref int column = ref panel;
                ref int product = ref products;
                for (int block = 0; block < blocks; block++)
                {
                    AddTermsOfD(
                        ref row, ref column, ref product, PackedBlock.D, PackedBlock.DMin,
                        ref even0, ref odd0, ref even1, ref odd1, ref minEven0, ref minOdd0, ref minEven1, ref minOdd1);
                    row = ref Unsafe.Add(ref row, PackedBlock.Words);
                    column = ref Unsafe.Add(ref column, PackedBlock.Words * step);
                    product = ref Unsafe.Add(ref product, productStride);
                }

                ref int shifts = ref Unsafe.As<long, int>(ref columnShifts);
                ref int sums = ref Unsafe.As<long, int>(ref elements);
                TVector shift = TLanes.Broadcast64(rowShifts);
                even0 = InCommonUnit(even0, minEven0, shift, ref shifts, 0);
                odd0 = InCommonUnit(odd0, minOdd0, shift, ref shifts, count);
                even1 = InCommonUnit(even1, minEven1, shift, ref shifts, 2 * count);
                odd1 = InCommonUnit(odd1, minOdd1, shift, ref shifts, 3 * count);
                Store(even0, odd0, even1, odd1, ref sums, isAdded: !isFirst);

                even0 = odd0 = even1 = odd1 = TLanes.Zero;
                minEven0 = minOdd0 = minEven1 = minOdd1 = TLanes.Zero;
                row = ref rows;
                column = ref panel;
                for (int block = 0; block < blocks; block++)
                {
                    AddTermsOfDMin(
                        ref row, ref column, PackedBlock.D, PackedBlock.DMin,
                        ref even0, ref odd0, ref even1, ref odd1, ref minEven0, ref minOdd0, ref minEven1, ref minOdd1);
                    row = ref Unsafe.Add(ref row, PackedBlock.Words);
                    column = ref Unsafe.Add(ref column, PackedBlock.Words * step);
                }

                shift = TLanes.Broadcast64(Unsafe.Add(ref rowShifts, Rows));
                even0 = InCommonUnit(even0, minEven0, shift, ref shifts, 0);
                odd0 = InCommonUnit(odd0, minOdd0, shift, ref shifts, count);
                even1 = InCommonUnit(even1, minEven1, shift, ref shifts, 2 * count);
                odd1 = InCommonUnit(odd1, minOdd1, shift, ref shifts, 3 * count);
                Store(even0, odd0, even1, odd1, ref sums, isAdded: true);

                rows = ref Unsafe.Add(ref rows, stride);
                products = ref Unsafe.Add(ref products, Columns);
                rowShifts = ref Unsafe.Add(ref rowShifts, 1);
                elements = ref Unsafe.Add(ref elements, Columns);
            }
        }
    }

    /// <summary>As <see cref="JoinShifted"/>, with scales that are in the common units of row and column already.</summary>
    /// <param name="rows">As <see cref="Multiply"/> took them, of this group.</param>
    /// <param name="stride">Words from a row to the next.</param>
    /// <param name="panel">As <see cref="Multiply"/> took it.</param>
    /// <param name="blocks">Super-blocks.</param>
    /// <param name="products">The first of the group's P.</param>
    /// <param name="groups">Groups that <see cref="Multiply"/> took.</param>
    /// <param name="isFirst">Whether these are the first super-blocks of the elements; else they are added.</param>
    /// <param name="elements">[4 x columns] integers.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Join(
        ref int rows, nint stride, ref int panel, int blocks, ref int products, int groups, bool isFirst, ref long elements)
    {
        // Indices alone, as in Multiply; RowLimits.FitInCommonUnit has bounded the products of scales below 2^31, and RowLimits.Fit the sum of the
        // four terms' magnitudes below 2^62. 32 M is below 2^20.
        unchecked
        {
            nint count = TLanes.Count;
            nint step = Registers * count;
            nint productStride = groups * ProductWords;
            for (nint r = 0; r < Rows; r++)
            {
                // Two passes: in one, the compiler spills the panel's minimums, which Q and M both read, and a super-block takes 42 ns instead of 39.
                TVector even0 = TLanes.Zero, odd0 = TLanes.Zero, even1 = TLanes.Zero, odd1 = TLanes.Zero;
                ref int row = ref rows;
                ref int column = ref panel;
                ref int product = ref products;
                for (int block = 0; block < blocks; block++)
                {
                    AddTermsOfD(
                        ref row, ref column, ref product, PackedBlock.CommonD, PackedBlock.CommonDMin,
                        ref even0, ref odd0, ref even1, ref odd1, ref even0, ref odd0, ref even1, ref odd1);
                    row = ref Unsafe.Add(ref row, PackedBlock.Words);
                    column = ref Unsafe.Add(ref column, PackedBlock.Words * step);
                    product = ref Unsafe.Add(ref product, productStride);
                }

                row = ref rows;
                column = ref panel;
                for (int block = 0; block < blocks; block++)
                {
                    AddTermsOfDMin(
                        ref row, ref column, PackedBlock.CommonD, PackedBlock.CommonDMin,
                        ref even0, ref odd0, ref even1, ref odd1, ref even0, ref odd0, ref even1, ref odd1);
                    row = ref Unsafe.Add(ref row, PackedBlock.Words);
                    column = ref Unsafe.Add(ref column, PackedBlock.Words * step);
                }

                Store(even0, odd0, even1, odd1, ref Unsafe.As<long, int>(ref elements), isAdded: !isFirst);
                rows = ref Unsafe.Add(ref rows, stride);
                products = ref Unsafe.Add(ref products, Columns);
                elements = ref Unsafe.Add(ref elements, Columns);
            }
        }
    }

    /// <summary>Adds d_a d_b P to the first four sums and -d_a dmin_b Q to the last four, of a super-block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTermsOfD(
        ref int row, ref int column, ref int product, nint dWord, nint dminWord,
        ref TVector even0, ref TVector odd0, ref TVector even1, ref TVector odd1,
        ref TVector minEven0, ref TVector minOdd0, ref TVector minEven1, ref TVector minOdd1)
    {
        // Indices alone, as in Multiply.
        unchecked
        {
            nint count = TLanes.Count;
            nint step = Registers * count;
            TVector d = TLanes.Broadcast(Unsafe.Add(ref row, dWord));
            TVector scale = TLanes.Multiply32(d, TLanes.Load(ref column, dWord * step));
            AddTerms(TLanes.Load(ref product, 0), scale, ref even0, ref odd0);
            scale = TLanes.Multiply32(d, TLanes.Load(ref column, (dWord * step) + count));
            AddTerms(TLanes.Load(ref product, count), scale, ref even1, ref odd1);

            (TVector q0, TVector q1) = Dots(ref Unsafe.Add(ref row, PackedBlock.Sums), ref Unsafe.Add(ref column, PackedBlock.Minimums * step));
            scale = TLanes.Multiply32(d, TLanes.Load(ref column, dminWord * step));
            SubtractTerms(q0, scale, ref minEven0, ref minOdd0);
            scale = TLanes.Multiply32(d, TLanes.Load(ref column, (dminWord * step) + count));
            SubtractTerms(q1, scale, ref minEven1, ref minOdd1);
        }
    }

    /// <summary>Adds -dmin_a d_b R to the first four sums and 32 dmin_a dmin_b M to the last four, of a super-block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTermsOfDMin(
        ref int row, ref int column, nint dWord, nint dminWord,
        ref TVector even0, ref TVector odd0, ref TVector even1, ref TVector odd1,
        ref TVector minEven0, ref TVector minOdd0, ref TVector minEven1, ref TVector minOdd1)
    {
        // Indices alone, as in Multiply.
        unchecked
        {
            nint count = TLanes.Count;
            nint step = Registers * count;
            TVector dmin = TLanes.Broadcast(Unsafe.Add(ref row, dminWord));
            (TVector r0, TVector r1) = Dots(ref Unsafe.Add(ref row, PackedBlock.Minimums), ref Unsafe.Add(ref column, PackedBlock.Sums * step));
            TVector scale = TLanes.Multiply32(dmin, TLanes.Load(ref column, dWord * step));
            SubtractTerms(r0, scale, ref even0, ref odd0);
            scale = TLanes.Multiply32(dmin, TLanes.Load(ref column, (dWord * step) + count));
            SubtractTerms(r1, scale, ref even1, ref odd1);

            (TVector m0, TVector m1) = Dots(ref Unsafe.Add(ref row, PackedBlock.Minimums), ref Unsafe.Add(ref column, PackedBlock.Minimums * step));
            scale = TLanes.Multiply32(dmin, TLanes.Load(ref column, dminWord * step));
            AddTerms(TLanes.ShiftLeft32(m0, SubBlockShift), scale, ref minEven0, ref minOdd0);
            scale = TLanes.Multiply32(dmin, TLanes.Load(ref column, (dminWord * step) + count));
            AddTerms(TLanes.ShiftLeft32(m1, SubBlockShift), scale, ref minEven1, ref minOdd1);
        }
    }

    /// <summary>Writes a row's elements, or adds them to what is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TVector even0, TVector odd0, TVector even1, TVector odd1, ref int elements, bool isAdded)
    {
        // Indices alone, as in Multiply.
        unchecked
        {
            nint count = TLanes.Count;
            if (isAdded)
            {
                even0 = TLanes.Add64(even0, TLanes.Load(ref elements, 0));
                odd0 = TLanes.Add64(odd0, TLanes.Load(ref elements, count));
                even1 = TLanes.Add64(even1, TLanes.Load(ref elements, 2 * count));
                odd1 = TLanes.Add64(odd1, TLanes.Load(ref elements, 3 * count));
            }

            TLanes.Store(even0, ref elements, 0);
            TLanes.Store(odd0, ref elements, count);
            TLanes.Store(even1, ref elements, 2 * count);
            TLanes.Store(odd1, ref elements, 3 * count);
        }
    }

    /// <summary>What goes with the columns' d and what goes with their dmin, shifted into the columns' common unit and then into the row's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector InCommonUnit(TVector sum, TVector minSum, TVector rowShift, ref int columnShifts, nint at)
    {
        TVector d = TLanes.Load(ref columnShifts, at);
        TVector dmin = TLanes.Load(ref columnShifts, at + (Registers * 2 * TLanes.Count));
        return TLanes.ShiftLeft64(TLanes.Add64(TLanes.ShiftLeft64(sum, d), TLanes.ShiftLeft64(minSum, dmin)), rowShift);
    }

    /// <summary>Adds the products of a register's lanes in 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTerms(TVector sums, TVector scale, ref TVector even, ref TVector odd)
    {
        even = TLanes.Add64(even, TLanes.MultiplyEven32(sums, scale));
        odd = TLanes.Add64(odd, MultiplyOdd32(sums, scale));
    }

    /// <summary>Subtracts the products of a register's lanes in 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SubtractTerms(TVector sums, TVector scale, ref TVector even, ref TVector odd)
    {
        even = TLanes.Subtract64(even, TLanes.MultiplyEven32(sums, scale));
        odd = TLanes.Subtract64(odd, MultiplyOdd32(sums, scale));
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

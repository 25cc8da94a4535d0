using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Spanker.Conformance.Reference;

/// <summary>Rows of an operand as the product kernel reads them, each alone or so many side by side in panels.</summary>
internal sealed class PackedRows : IDisposable
{
    private readonly int width;
    private readonly AlignedWords words;
    private readonly HalfInteger[] scales;
    private readonly long[] shifts;
    private readonly int[]? laneOf;
    private readonly int[] exponents;
    private readonly int[][] apart;
    private readonly RowLimits[] groupLimits;
    private readonly bool[] groupHasApart;

    /// <summary>Room for rows.</summary>
    /// <param name="blocks">Super-blocks in a row.</param>
    /// <param name="capacity">Rows; a multiple of <paramref name="group"/>.</param>
    /// <param name="group">Rows that the kernel takes together.</param>
    /// <param name="laneOf">Where each of a panel's rows stands if the words of a group's rows lie side by side; null if row follows row.</param>
    public PackedRows(int blocks, int capacity, int group, int[]? laneOf)
    {
        (Blocks, Capacity, Group) = (blocks, capacity, group);
        this.laneOf = laneOf;
        width = laneOf is null ? 1 : group;
        words = new AlignedWords(checked(capacity * blocks * PackedBlock.Words));
        scales = new HalfInteger[checked(2 * capacity * blocks)];
        shifts = new long[2 * capacity];
        exponents = new int[capacity];
        apart = new int[capacity][];
        Array.Fill(apart, []);
        groupLimits = new RowLimits[capacity / group];
        groupHasApart = new bool[capacity / group];
    }

    /// <summary>Super-blocks in a row.</summary>
    public int Blocks { get; }

    /// <summary>Rows that there is room for.</summary>
    public int Capacity { get; }

    /// <summary>Rows that the kernel takes together.</summary>
    public int Group { get; }

    /// <summary>The first word of a group's block.</summary>
    public ref int First(int group, int block) => ref Unsafe.Add(ref words.First, (((nint)group * Group * Blocks) + (block * width)) * PackedBlock.Words);

    /// <summary>A word of a row's block.</summary>
    public int Word(int row, int block, int word)
    {
        (int panel, int column) = Math.DivRem(row, width);
        return words.Span[(((((panel * Blocks) + block) * PackedBlock.Words) + word) * width) + (laneOf is null ? 0 : laneOf[column])];
    }

    /// <summary>How far the units of a group's rows lie above their common ones: [2 x group], those of d first, then those of dmin.</summary>
    public ref long ShiftsOf(int group) => ref shifts[2 * group * Group];

    /// <summary>The exponents of the rows' common units; a row's weights are integers times two to the power of it.</summary>
    public ReadOnlySpan<int> Exponents => exponents;

    /// <summary>How large the integers of a group's rows are.</summary>
    public RowLimits LimitsOf(int group) => groupLimits[group];

    /// <summary>Whether a row of the group has blocks that are set apart.</summary>
    public bool HasApart(int group) => groupHasApart[group];

    /// <summary>Whether the kernel sees a block of a row as zero, so that its products are to be added by other means.</summary>
    public bool IsApart(int row, int block) => Array.BinarySearch(apart[row], block) >= 0;

    /// <summary>d of a block of a row.</summary>
    public HalfInteger D(int row, int block) => scales[2 * ((row * Blocks) + block)];

    /// <summary>dmin of a block of a row.</summary>
    public HalfInteger DMin(int row, int block) => scales[(2 * ((row * Blocks) + block)) + 1];

    /// <inheritdoc/>
    public void Dispose() => words.Dispose();

    /// <summary>Packs a row. Blocks with an infinite or NaN scale, and, for rounded weights, those of which a weight may round, are set apart.</summary>
    /// <param name="row">Where.</param>
    /// <param name="source">[<see cref="Blocks"/> x 144] bytes; empty for a row of zeros.</param>
    /// <param name="definition">What a weight is worth.</param>
    public void Pack(int row, ReadOnlySpan<byte> source, WeightDefinition definition)
    {
        ReadScales(row, source, definition);
        (RowUnits units, RowLimits limits) = Measure(row);
        exponents[row] = units.Exponent + ExactRow.UnitExponent;
        int group = row / Group;
        bool isFirst = row % Group == 0;
        int place = (2 * group * Group) + (row % Group);
        shifts[place] = units.DShift;
        shifts[place + Group] = units.DMinShift;
        groupLimits[group] = isFirst ? limits : RowLimits.Max(limits, groupLimits[group]);
        groupHasApart[group] = apart[row].Length > 0 || (!isFirst && groupHasApart[group]);

        if (source.IsEmpty)
        {
            Clear(row);
            return;
        }

        Span<int> unpacked = stackalloc int[PackedBlock.Words];
        (int panel, int column) = Math.DivRem(row, width);
        for (int block = 0; block < Blocks; block++)
        {
            Span<int> destination = words.Span.Slice(((panel * Blocks) + block) * width * PackedBlock.Words, width * PackedBlock.Words);
            Span<int> target = laneOf is null ? destination : unpacked;
            PackedBlock.Unpack(source.Slice(block * Q4KLayout.BlockBytes, Q4KLayout.BlockBytes), target);
            HalfInteger d = D(row, block);
            HalfInteger dmin = DMin(row, block);
            target[PackedBlock.D] = ScaleWord(d, units.DExponent);
            target[PackedBlock.DMin] = ScaleWord(dmin, units.DMinExponent);
            target[PackedBlock.CommonD] = ScaleWord(d, units.Exponent);
            target[PackedBlock.CommonDMin] = ScaleWord(dmin, units.Exponent);
            if (laneOf is not null)
            {
                Spread(unpacked, destination, laneOf[column], width);
            }
        }
    }

    private static void Spread(ReadOnlySpan<int> unpacked, Span<int> destination, int at, int width)
    {
        // Word i goes to at + i * width, inside [words x width] as at < width.
        ref int target = ref Unsafe.Add(ref MemoryMarshal.GetReference(destination[..(unpacked.Length * width)]), at);
        foreach (int word in unpacked)
        {
            target = word;
            target = ref Unsafe.Add(ref target, width);
        }
    }

    private void Clear(int row)
    {
        (int panel, int column) = Math.DivRem(row, width);
        Span<int> destination = words.Span.Slice(panel * Blocks * width * PackedBlock.Words, Blocks * width * PackedBlock.Words);
        for (int at = laneOf is null ? 0 : laneOf[column]; at < destination.Length; at += width)
        {
            destination[at] = 0;
        }
    }

    private void ReadScales(int row, ReadOnlySpan<byte> source, WeightDefinition definition)
    {
        List<int>? setApart = null;
        for (int block = 0; block < Blocks; block++)
        {
            HalfInteger d = default;
            HalfInteger dmin = default;
            if (!source.IsEmpty)
            {
                ReadOnlySpan<byte> bytes = source.Slice(block * Q4KLayout.BlockBytes, Q4KLayout.BlockBytes);
                bool isFinite = HalfInteger.TryRead(BinaryPrimitives.ReadUInt16LittleEndian(bytes[Q4KLayout.ScaleOffset..]), out d)
                    & HalfInteger.TryRead(BinaryPrimitives.ReadUInt16LittleEndian(bytes[Q4KLayout.MinimumOffset..]), out dmin);
                if (!isFinite || (definition == WeightDefinition.RoundedToBinary32 && MayRound(d, dmin)))
                {
                    (setApart ??= []).Add(block);
                    (d, dmin) = (default, default);
                }
            }

            scales[2 * ((row * Blocks) + block)] = d;
            scales[(2 * ((row * Blocks) + block)) + 1] = dmin;
        }

        apart[row] = setApart is null ? [] : [.. setApart];
    }

    private (RowUnits Units, RowLimits Limits) Measure(int row)
    {
        ReadOnlySpan<HalfInteger> all = scales.AsSpan(2 * row * Blocks, 2 * Blocks);
        int dExponent = int.MaxValue;
        int dminExponent = int.MaxValue;
        for (int i = 0; i < all.Length; i += 2)
        {
            dExponent = all[i].Significand == 0 ? dExponent : Math.Min(dExponent, all[i].Exponent);
            dminExponent = all[i + 1].Significand == 0 ? dminExponent : Math.Min(dminExponent, all[i + 1].Exponent);
        }

        // Where all d or all dmin are zero, the other side's unit is as good as any.
        RowUnits units = dExponent == int.MaxValue && dminExponent == int.MaxValue ? default
            : new(dExponent == int.MaxValue ? dminExponent : dExponent, dminExponent == int.MaxValue ? dExponent : dminExponent);
        long largestD = 0;
        long largestDMin = 0;
        for (int i = 0; i < all.Length; i += 2)
        {
            largestD = Math.Max(largestD, Math.Abs(InUnit(all[i], units.DExponent)));
            largestDMin = Math.Max(largestDMin, Math.Abs(InUnit(all[i + 1], units.DMinExponent)));
        }

        return (units, RowLimits.Of(units, largestD, largestDMin));
    }

    /// <summary>A scale in a unit of the row's, at most 11 bits shifted by 39. Zero stays zero, wherever its exponent lies.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long InUnit(HalfInteger value, int exponent) => (long)value.Significand << (value.Exponent - exponent);

    /// <summary>
    /// The same for the kernel; 0 if it does not fit into 32 bits. Then <see cref="RowLimits"/> lets no one read it, unless all scales of the other side
    /// are zero: 0 is then as good.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ScaleWord(HalfInteger value, int exponent)
    {
        long units = InUnit(value, exponent);
        return units is > int.MaxValue or < int.MinValue ? 0 : (int)units;
    }

    /// <summary>Whether d sc q - dmin m can need more than 24 bits, over all sc, q and m: if not, no weight of the block rounds.</summary>
    private static bool MayRound(HalfInteger d, HalfInteger dmin)
    {
        const int SingleSignificandBits = 24;
        if (d.Significand == 0 || dmin.Significand == 0)
        {
            return false;
        }

        int unit = Math.Min(d.Exponent, dmin.Exponent);
        long largest = ((long)(63 * 15) * Math.Abs(d.Significand) << (d.Exponent - unit)) + (63L * Math.Abs(dmin.Significand) << (dmin.Exponent - unit));
        return largest > 1L << SingleSignificandBits;
    }
}

using System.Numerics;
using System.Runtime.Intrinsics;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Numerics;

/// <summary>The tiled product on every register width, against integers of any length and against the 128-bit engine.</summary>
public sealed class ExactTilesProperties
{
    private const ulong Seed = 61;

    public static TheoryData<int> Widths => [128, 256, 512];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_element_is_the_exact_integer_whatever_the_scales(int width)
    {
        int integers = 0, values = 0;
        foreach ((int m, int n, int blocks) in ((int, int, int)[])[(1, 1, 1), (5, 3, 1), (37, 18, 2), (3, 40, 17), (70, 9, 3)])
        {
            foreach (WeightDefinition definition in Enum.GetValues<WeightDefinition>())
            {
                (byte[][] a, byte[][] b) = DrawnRows(m, n, blocks);
                CollectedElements elements = Multiply(width, a, b, definition);
                for (int i = 0; i < m; i++)
                {
                    for (int j = 0; j < n; j++)
                    {
                        BigInteger expected = BigIntegerOracle.Dot(a[i], b[j], definition == WeightDefinition.RoundedToBinary32);
                        Assert.Equal((ExactValueKind.Finite, expected), (elements[i, j].Kind, (BigInteger)elements[i, j].Units));
                    }
                }

                integers += elements.IntegerTiles;
                values += elements.ValueTiles;
            }
        }

        Assert.True(integers > 0 && values > 0, $"{integers} tiles in 64 bits, {values} in 128: both must be met");
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Weights_of_like_scales_stay_in_64_bits_and_are_exact(int width)
    {
        foreach (WeightDefinition definition in Enum.GetValues<WeightDefinition>())
        {
            byte[][] a = [.. Enumerable.Range(0, 19).Select(i => LikeScales(new SplitMix64(Seed, (ulong)i), blocks: 5))];
            byte[][] b = [.. Enumerable.Range(0, 35).Select(i => LikeScales(new SplitMix64(Seed, (ulong)(100 + i)), blocks: 5))];
            CollectedElements elements = Multiply(width, a, b, definition);
            Assert.Equal(0, elements.ValueTiles);
            Assert.All(
                from i in Enumerable.Range(0, a.Length) from j in Enumerable.Range(0, b.Length) select (i, j),
                at => Assert.Equal(
                    BigIntegerOracle.Dot(a[at.i], b[at.j], definition == WeightDefinition.RoundedToBinary32), (BigInteger)elements[at.i, at.j].Units));
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_largest_nibbles_scales_and_minimums_overflow_no_lane(int width)
    {
        // d = 2047 and dmin = -2047 in units of their own: every weight is 2047 * (63 * 15 + 63), and every sum as large as it can be.
        byte[] row = [.. Enumerable.Range(0, 16).SelectMany(_ => Largest(d: 0x6BFF, dmin: 0xEBFF))];
        byte[][] a = [.. Enumerable.Repeat(row, 5)];
        CollectedElements elements = Multiply(width, a, a, WeightDefinition.Rational);
        BigInteger weight = new BigInteger(0x7ff * (63 * 15 + 63)) << 25;
        Assert.Equal(4096 * weight * weight, (BigInteger)elements[4, 4].Units);
        Assert.Equal(0, elements.ValueTiles);
    }

    [Theory]
    [InlineData(128, 2047 << 4, true)]
    [InlineData(128, 1025 << 5, false)]
    [InlineData(256, 2047 << 4, true)]
    [InlineData(256, 1025 << 5, false)]
    [InlineData(512, 2047 << 4, true)]
    [InlineData(512, 1025 << 5, false)]
    public void Scales_whose_product_in_the_unit_of_the_minimums_is_just_below_or_above_2_to_31_are_exact(int width, int scale, bool isBelow)
    {
        // d = 2047 * 2^5 units of dmin in A and `scale` in B: 2 145 387 008 with the one and 2 148 531 200 with the other, of which only the first is an int.
        byte[][] a = [.. Enumerable.Repeat(LargeD(2047 << 5), 5)];
        byte[][] b = [.. Enumerable.Repeat(LargeD(scale), 17)];
        CollectedElements elements = Multiply(width, a, b, WeightDefinition.Rational);
        BigInteger expected = BigIntegerOracle.Dot(a[0], b[0], roundWeights: false);
        Assert.Equal(isBelow, RowLimits.FitInCommonUnit(LimitsOf(a[0]), LimitsOf(b[0])));
        Assert.Equal(0, elements.ValueTiles);
        Assert.All(
            from i in Enumerable.Range(0, a.Length) from j in Enumerable.Range(0, b.Length) select (i, j),
            at => Assert.Equal(expected, (BigInteger)elements[at.i, at.j].Units));
    }

    [Theory]
    [InlineData(128, 1 << 6, true)]
    [InlineData(128, 1 << 17, false)]
    [InlineData(256, 1 << 6, true)]
    [InlineData(256, 1 << 17, false)]
    [InlineData(512, 1 << 6, true)]
    [InlineData(512, 1 << 17, false)]
    public void Rows_of_more_super_blocks_than_the_kernel_takes_at_a_time_are_exact_in_either_unit(int width, int scale, bool isCommon)
    {
        // 65 are two times as many as it takes, and one. The minimums are large, since as large d would make sums beyond 2^62.
        byte[][] a = [.. Enumerable.Range(0, 6).Select(i => LargeDMin(scale, blocks: 65, new SplitMix64(Seed, (ulong)i)))];
        byte[][] b = [.. Enumerable.Range(0, 18).Select(i => LargeDMin(scale, blocks: 65, new SplitMix64(Seed, (ulong)(100 + i))))];
        CollectedElements elements = Multiply(width, a, b, WeightDefinition.Rational);
        Assert.Equal(isCommon, RowLimits.FitInCommonUnit(LimitsOf(a[0]), LimitsOf(b[0])));
        Assert.Equal(0, elements.ValueTiles);
        Assert.All(
            from i in Enumerable.Range(0, a.Length) from j in Enumerable.Range(0, b.Length) select (i, j),
            at => Assert.Equal(BigIntegerOracle.Dot(a[at.i], b[at.j], roundWeights: false), (BigInteger)elements[at.i, at.j].Units));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Infinite_and_NaN_blocks_give_what_the_128_bit_engine_gives_and_leave_other_rows_alone(int width)
    {
        (byte[][] a, byte[][] b) = DrawnRows(m: 21, n: 34, blocks: 3);
        ushort[] specials = [0x7C00, 0xFC00, 0x7E00];
        for (int i = 0; i < 9; i++)
        {
            BitConverter.TryWriteBytes(a[2 * i].AsSpan((144 * (i % 3)) + (2 * (i % 2))), specials[i % 3]);
            BitConverter.TryWriteBytes(b[3 * i].AsSpan((144 * (i % 2)) + (2 * (i / 2 % 2))), specials[i / 3]);
        }

        CollectedElements elements = Multiply(width, a, b, WeightDefinition.RoundedToBinary32);
        HashSet<ExactValueKind> kinds = [];
        for (int i = 0; i < a.Length; i++)
        {
            for (int j = 0; j < b.Length; j++)
            {
                ExactValue expected = ExactProduct.Dot(
                    ExactRow.Decode(a[i], WeightDefinition.RoundedToBinary32), ExactRow.Decode(b[j], WeightDefinition.RoundedToBinary32));
                kinds.Add(expected.Kind);
                Assert.Equal(expected.Kind, elements[i, j].Kind);
                Assert.True(!expected.IsFinite || expected.Units == elements[i, j].Units);
            }
        }

        Assert.True(kinds.Count >= 3, string.Join(' ', kinds));
    }

    [Fact]
    public void Operands_larger_than_the_panels_in_memory_give_every_element_once_on_two_threads()
    {
        // 1300 rows of 64 blocks are more than one filling of the panels. Rows repeat, so a few exact elements tell all.
        const int Rows = 1300, Blocks = 64, PeriodA = 5, PeriodB = 7;
        byte[][] a = [.. Enumerable.Range(0, PeriodA).Select(i => LikeScales(new SplitMix64(Seed, (ulong)i), Blocks))];
        byte[][] b = [.. Enumerable.Range(0, PeriodB).Select(i => LikeScales(new SplitMix64(Seed, (ulong)(50 + i)), Blocks))];
        float[] expected = new float[PeriodA * PeriodB];
        for (int i = 0; i < expected.Length; i++)
        {
            expected[i] = BigIntegerOracle.Round(BigIntegerOracle.Dot(a[i / PeriodB], b[i % PeriodB], roundWeights: false));
        }

        float[] destination = new float[Rows * Rows];
        Array.Fill(destination, float.NaN);
        ExactTiles.Run(
            new OperandRows(Rows, i => a[i % PeriodA]), new OperandRows(Rows, j => b[j % PeriodB]), Blocks, WeightDefinition.Rational, threads: 2,
            new RoundedElements(destination, Rows));

        int wrong = 0;
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Rows; j++)
            {
                wrong += destination[(i * Rows) + j].Equals(expected[((i % PeriodA) * PeriodB) + (j % PeriodB)]) ? 0 : 1;
            }
        }

        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Rows_too_long_for_panels_give_the_same_elements()
    {
        (byte[][] a, byte[][] b) = DrawnRows(m: 3, n: 4, blocks: 2);
        CollectedElements elements = new(a.Length, b.Length);
        LongRows.Run(new OperandRows(a.Length, i => a[i]), new OperandRows(b.Length, j => b[j]), blocks: 2, WeightDefinition.Rational, elements);
        Assert.All(
            from i in Enumerable.Range(0, a.Length) from j in Enumerable.Range(0, b.Length) select (i, j),
            at => Assert.Equal(BigIntegerOracle.Dot(a[at.i], b[at.j], roundWeights: false), (BigInteger)elements[at.i, at.j].Units));
    }

    [Fact]
    public void Sums_of_64_bits_are_rounded_to_nearest_even()
    {
        // 2^24 + 1 and 2^24 + 3 lie between two neighbours of binary32: the even one is taken.
        float[] rounded = new float[2];
        new RoundedElements(rounded, 2).Take(new ElementTile
        {
            FirstRow = 0, FirstColumn = 0, Rows = 1, Columns = 2, RowStride = 2, ColumnStride = 1,
            Units = [(1L << 62) + (1L << 38), (1L << 62) + (3L << 38)], RowExponents = [-24], ColumnExponents = [-14, -14],
        });
        Assert.Equal([16777216f, 16777220f], rounded);
    }

    [Theory]
    [InlineData((1L << 51) - 1, 0)]
    [InlineData((1L << 51) - 1, 13)]
    [InlineData(-1L << 51, 0)]
    [InlineData((1L << 51) + (1L << 29), 0)]
    [InlineData((1L << 51) + (1L << 29), 13)]
    [InlineData((-1L << 51) - (1L << 29), 0)]
    [InlineData((-1L << 51) - (1L << 29), 13)]
    [InlineData(1L << 53, 5)]
    [InlineData(0x4338_0000_0000_0000, 5)]
    [InlineData(-0x4338_0000_0000_0000, 10)]
    [InlineData((1L << 62) + (1L << 38), 2)]
    [InlineData((1L << 62) + (1L << 38) + 1, 2)]
    [InlineData((1L << 62) + (1L << 38) + 1, 17)]
    [InlineData(-(1L << 62) - (1L << 38) - 1, 12)]
    [InlineData((1L << 62) + (3L << 38) - 1, 7)]
    public void Sums_of_64_bits_are_rounded_once_whichever_lies_among_them(long sum, int column)
    {
        // Two eights and three, ties of both kinds and their neighbours among them; in the first row all lie below 2^51.
        // One more or less than a tie by a unit is a tie in binary64.
        const int Columns = 19;
        long[] pattern = [(1L << 25) + 2, (1L << 25) + 6, (1L << 26) + 5, -(1L << 50) - (1L << 26), 3, 0, -1];
        long[] units = [.. Enumerable.Range(0, 2 * Columns).Select(i => pattern[i % pattern.Length])];
        units[Columns + column] = sum;
        float[] rounded = new float[units.Length];
        new RoundedElements(rounded, Columns).Take(new ElementTile
        {
            FirstRow = 0, FirstColumn = 0, Rows = 2, Columns = Columns, RowStride = Columns, ColumnStride = 1,
            Units = units, RowExponents = [-24, -22], ColumnExponents = [.. Enumerable.Range(0, Columns).Select(c => -24 + c)],
        });
        Assert.Equal([.. units.Select((unit, i) => BigIntegerOracle.Round((BigInteger)unit << ((i / Columns * 2) + (i % Columns))))], rounded);
    }

    private static CollectedElements Multiply(int width, byte[][] a, byte[][] b, WeightDefinition definition)
    {
        CollectedElements elements = new(a.Length, b.Length);
        OperandRows rowsOfA = new(a.Length, i => a[i]);
        OperandRows rowsOfB = new(b.Length, j => b[j]);
        int blocks = a[0].Length / 144;
        switch (width)
        {
            case 128:
                new TiledProduct<ProductLanes128, Vector128<int>, CollectedElements>(rowsOfA, rowsOfB, blocks, definition, 1, elements).Run();
                break;
            case 256:
                new TiledProduct<ProductLanes256, Vector256<int>, CollectedElements>(rowsOfA, rowsOfB, blocks, definition, 1, elements).Run();
                break;
            default:
                new TiledProduct<ProductLanes512, Vector512<int>, CollectedElements>(rowsOfA, rowsOfB, blocks, definition, 1, elements).Run();
                break;
        }

        return elements;
    }

    /// <summary>Rows of the adversarial kinds of <see cref="DotProductCase"/>, mixed in one operand.</summary>
    private static (byte[][] A, byte[][] B) DrawnRows(int m, int n, int blocks)
    {
        DotProductCase[] drawn = [.. Enumerable.Range(0, Math.Max(m, n)).Select(i => DotProductCase.Draw(new SplitMix64(Seed, (ulong)i), blocks))];
        return ([.. drawn.Take(m).Select(c => (byte[])c.A.Clone())], [.. drawn.Take(n).Select(c => (byte[])c.B.Clone())]);
    }

    /// <summary>A row whose d lie within two binades, and whose dmin within two others, as those of trained weights do.</summary>
    private static byte[] LikeScales(SplitMix64 stream, int blocks)
    {
        byte[] row = new byte[blocks * 144];
        stream.Fill(row);
        for (int at = 0; at < row.Length; at += 144)
        {
            BitConverter.TryWriteBytes(row.AsSpan(at), (ushort)(0x1400 + stream.Below(0x800)));
            BitConverter.TryWriteBytes(row.AsSpan(at + 2), (ushort)(0x2000 + stream.Below(0x800)));
        }

        return row;
    }

    /// <summary>A super-block of the largest nibbles, scales and minimums with dmin = 2^-19 and d so many times as large.</summary>
    private static byte[] LargeD(int d) => Largest(HalfOf(d), HalfOf(1));

    /// <summary>A row of random super-blocks with d = 2^-19 and dmin so many times as large.</summary>
    private static byte[] LargeDMin(int dmin, int blocks, SplitMix64 stream)
    {
        byte[] row = new byte[blocks * 144];
        stream.Fill(row);
        for (int at = 0; at < row.Length; at += 144)
        {
            BitConverter.TryWriteBytes(row.AsSpan(at), HalfOf(1));
            BitConverter.TryWriteBytes(row.AsSpan(at + 2), HalfOf(dmin));
        }

        return row;
    }

    private static ushort HalfOf(int units)
    {
        const double Unit = 1.0 / (1 << 19);
        Assert.Equal(units * Unit, (double)(Half)(units * Unit));
        return BitConverter.HalfToUInt16Bits((Half)(units * Unit));
    }

    private static RowLimits LimitsOf(byte[] row)
    {
        using PackedRows packed = new(row.Length / 144, capacity: 1, group: 1, laneOf: null);
        packed.Pack(0, row, WeightDefinition.Rational);
        return packed.LimitsOf(0);
    }

    private static byte[] Largest(ushort d, ushort dmin)
    {
        byte[] block = new byte[144];
        block.AsSpan(4).Fill(0xff);
        BitConverter.TryWriteBytes(block.AsSpan(0), d);
        BitConverter.TryWriteBytes(block.AsSpan(2), dmin);
        return block;
    }

    private sealed class CollectedElements(int m, int n) : IElementSink
    {
        private readonly ExactValue?[] elements = new ExactValue?[m * n];

        public int IntegerTiles { get; private set; }

        public int ValueTiles { get; private set; }

        public ExactValue this[int row, int column] => elements[(row * n) + column] ?? throw new InvalidOperationException($"no element [{row},{column}]");

        public void Expect(int firstRow, int firstColumn, int rows, int columns)
        {
        }

        public void Take(in ElementTile tile)
        {
            IntegerTiles += tile.Values.IsEmpty ? 1 : 0;
            ValueTiles += tile.Values.IsEmpty ? 0 : 1;
            for (int r = 0; r < tile.Rows; r++)
            {
                for (int c = 0; c < tile.Columns; c++)
                {
                    int at = ((tile.FirstRow + r) * n) + tile.FirstColumn + c;
                    Assert.Null(elements[at]);
                    elements[at] = tile[r, c];
                }
            }
        }
    }
}

using System.Numerics;
using Spanker.Conformance.Device;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Device;

public sealed class SimArithmeticTests
{
    private const int Rows = 3;
    private const int Columns = 4;

    /// <summary>Nibbles whose squares' four products round differently in pairs and in a chain.</summary>
    private static readonly int[] PairNibbles = [15, 13, 7, 3];

    [Theory]
    [InlineData("sim:class=f32", 24)]
    [InlineData("sim:class=f32,fma=true", 24)]
    [InlineData("sim:class=f32,order=pairwise", 24)]
    [InlineData("sim:class=f32,order=pairwise,fma=true", 24)]
    [InlineData("sim:class=f32,order=blocks32", 24)]
    [InlineData("sim:class=f32,order=blocks256", 24)]
    [InlineData("sim:class=f16-accumulate", 11)]
    [InlineData("sim:class=bf16-accumulate", 8)]
    public void A_float_sim_stays_within_one_roundoff_a_step_of_the_big_integer_sum(string spec, int bits)
    {
        foreach (int blocks in new[] { 1, 2, 5 })
        {
            byte[] a = SimOperands.Blocks(seed: 11, Rows * blocks, lowExponent: 6, exponents: 4);
            byte[] b = SimOperands.Blocks(seed: 12, Columns * blocks, lowExponent: 6, exponents: 4);
            SimCall call = Run(spec, a, b, blocks);
            for (int row = 0; row < Rows; row++)
            {
                for (int column = 0; column < Columns; column++)
                {
                    (double sum, double magnitude, _) = Exact(Row(a, row, blocks), Row(b, column, blocks), blocks);
                    double steps = blocks * 256;
                    double bound = (1.1 * steps * Math.ScaleB(1, -bits) * magnitude) + (steps * Math.ScaleB(1, -24));
                    Assert.InRange(Math.Abs(call.At(row, column) - sum), 0, bound);
                }
            }
        }
    }

    [Fact]
    public void The_subblock_sim_stays_within_a_few_roundoffs_of_the_separate_magnitudes()
    {
        foreach (int blocks in new[] { 1, 2, 17 })
        {
            byte[] a = SimOperands.Blocks(seed: 21, Rows * blocks, lowExponent: 1, exponents: 30);
            byte[] b = SimOperands.Blocks(seed: 22, Columns * blocks, lowExponent: 1, exponents: 30);
            SimCall call = Run("sim:class=subblock-int", a, b, blocks);
            for (int row = 0; row < Rows; row++)
            {
                for (int column = 0; column < Columns; column++)
                {
                    (double sum, _, double separate) = Exact(Row(a, row, blocks), Row(b, column, blocks), blocks);
                    Assert.InRange(Math.Abs(call.At(row, column) - sum), 0, 1.01 * ((8 * blocks) + 5) * Math.ScaleB(1, -24) * separate);
                }
            }
        }
    }

    [Fact]
    public void The_q8k_sim_stays_within_half_a_step_of_b_for_each_weight_of_a()
    {
        foreach (int blocks in new[] { 1, 2, 5 })
        {
            byte[] a = SimOperands.Blocks(seed: 31, Rows * blocks, lowExponent: 10, exponents: 6);
            byte[] b = SimOperands.Blocks(seed: 32, Columns * blocks, lowExponent: 10, exponents: 6);
            SimCall call = Run("sim:class=q8k", a, b, blocks);
            for (int row = 0; row < Rows; row++)
            {
                for (int column = 0; column < Columns; column++)
                {
                    byte[] rowOfA = Row(a, row, blocks);
                    byte[] rowOfB = Row(b, column, blocks);
                    (double sum, _, double separate) = Exact(rowOfA, rowOfB, blocks);
                    double bound = 1.01 * HalfSteps(rowOfA, rowOfB, blocks);
                    Assert.InRange(Math.Abs(call.At(row, column) - sum), bound * 1e-6, bound + (1e-6 * separate));
                }
            }
        }
    }

    [Fact]
    public void The_q8k_sim_moves_no_weight_of_b_by_more_than_half_a_step()
    {
        int[] places = [.. Enumerable.Range(0, 64).Select(i => 4 * i)];
        byte[] a = new byte[places.Length * 144];
        foreach ((int place, int row) in places.Select((place, row) => (place, row)))
        {
            SetOne(a.AsSpan(row * 144, 144), place, d: 0x3c00, scale: 1, nibble: 1);
        }

        byte[] b = SimOperands.Blocks(seed: 33, 1, lowExponent: 15, exponents: 1);
        SimCall call = Run("sim:class=q8k", a, b, 1);
        double greatest = Enumerable.Range(0, 256).Max(i => (double)BigInteger.Abs(SimOperands.RationalWeight(b, i)));
        double halfStep = Math.ScaleB(greatest / 127 / 2, SimOperands.WeightExponent);
        foreach ((int place, int row) in places.Select((place, row) => (place, row)))
        {
            double weight = Math.ScaleB((double)SimOperands.RationalWeight(b, place), SimOperands.WeightExponent);
            Assert.InRange(Math.Abs(call.At(row, 0) - weight), 0, halfStep * 1.00001);
        }
    }

    [Fact]
    public void Four_products_are_added_in_pairs()
    {
        byte[] a = new byte[144];
        byte[] b = new byte[144];
        float[] products = new float[4];
        foreach ((int nibble, int i) in PairNibbles.Select((nibble, i) => (nibble, i)))
        {
            // d = 2047/1024 with sc = 63, against d = 2045/1024 with sc = 61.
            SetOne(a, i, d: 0x3fff, scale: 63, nibble: (byte)nibble);
            SetOne(b, i, d: 0x3ffd, scale: 61, nibble: (byte)nibble);
            products[i] = (2047f * 63 / 1024 * nibble) * (2045f * 61 / 1024 * nibble);
        }

        float pairs = (products[0] + products[1]) + (products[2] + products[3]);
        Assert.NotEqual(pairs, ((products[0] + products[1]) + products[2]) + products[3]);
        Assert.Equal(pairs, Run("sim:order=pairwise", a, b, 1).At(0, 0));
    }

    /// <summary>Product 0 is 2^24 and three others are 1. A 1 added to 2^24 alone is lost (a tie that goes to even), 2 is kept, 3 becomes 4.</summary>
    [Theory]
    [InlineData("order=sequential", new[] { 256, 257, 258 }, 0)]
    [InlineData("order=blocks32", new[] { 256, 257, 258 }, 4)]
    [InlineData("order=blocks256", new[] { 256, 257, 258 }, 4)]
    [InlineData("order=pairwise", new[] { 256, 257, 258 }, 4)]
    [InlineData("order=sequential", new[] { 256, 288, 320 }, 0)]
    [InlineData("order=blocks32", new[] { 256, 288, 320 }, 0)]
    [InlineData("order=blocks256", new[] { 256, 288, 320 }, 4)]
    [InlineData("order=pairwise", new[] { 256, 288, 320 }, 4)]
    [InlineData("order=sequential", new[] { 256, 512, 768 }, 0)]
    [InlineData("order=blocks256", new[] { 256, 512, 768 }, 0)]
    [InlineData("order=pairwise", new[] { 256, 512, 768 }, 2)]
    public void Each_order_loses_what_it_loses_when_worked_by_hand(string order, int[] ones, int kept)
    {
        ArgumentNullException.ThrowIfNull(ones);
        byte[] a = new byte[4 * 144];
        byte[] b = new byte[4 * 144];

        // Block 0: d = 2^15, sc = 32, q = 8 against d = 2, sc = 1, q = 1.
        SetOne(a, 0, d: 0x7800, scale: 32, nibble: 8);
        SetOne(b, 0, d: 0x4000, scale: 1, nibble: 1);
        foreach (int index in ones)
        {
            SetOne(a, index, d: 0x3c00, scale: 1, nibble: 1);
            SetOne(b, index, d: 0x3c00, scale: 1, nibble: 1);
        }

        Assert.Equal(16777216 + kept, Run("sim:" + order, a, b, 4).At(0, 0));
    }

    /// <summary>x = 5*(1 + 2^-10): x*x is 26265625 * 2^-20, 25 bits; rounded it is 26265624. Only a fused product keeps the 1 from -x*x + x*x.</summary>
    [Theory]
    [InlineData("fma=false", 0)]
    [InlineData("fma=true", 1)]
    public void A_fused_product_is_not_rounded_on_its_own(string fma, int expected)
    {
        byte[] a = new byte[2 * 144];
        byte[] b = new byte[2 * 144];
        SetOne(a, 0, d: 0x3c01, scale: 5, nibble: 1);
        SetOne(a, 256, d: 0x3c01, scale: 5, nibble: 1);
        SetOne(b, 0, d: 0xbc01, scale: 5, nibble: 1);
        SetOne(b, 256, d: 0x3c01, scale: 5, nibble: 1);

        Assert.Equal(MathF.ScaleB(expected, -20), Run("sim:" + fma, a, b, 2).At(0, 0));
    }

    [Fact]
    public void A_deep_row_is_computed_whole()
    {
        const int Blocks = 4096;
        byte[] one = new byte[144];
        one[1] = 0x3c;
        one[4] = 1;
        one[16] = 1;
        byte[] row = [.. Enumerable.Range(0, Blocks).SelectMany(_ => one)];
        foreach (string spec in new[] { "sim:class=exact", "sim:class=exact,weights=f32", "sim:class=f32", "sim:class=f32,order=pairwise", "sim:class=subblock-int", "sim:class=q8k" })
        {
            SimCall call = Run(spec, row, row, Blocks);
            float tolerance = spec.EndsWith("q8k", StringComparison.Ordinal) ? 0.01f : 0;
            Assert.InRange(call.At(0, 0), Blocks - tolerance, Blocks + tolerance);
        }
    }

    [Theory]
    [InlineData("sim:class=exact")]
    [InlineData("sim:class=f32")]
    [InlineData("sim:class=q8k")]
    public void A_call_writes_its_window_only_and_leaves_the_operands_alone(string spec)
    {
        byte[] a = SimOperands.Blocks(seed: 41, 6, lowExponent: 6, exponents: 4);
        byte[] b = SimOperands.Blocks(seed: 42, 10, lowExponent: 6, exponents: 4);
        SimCall call = new(a, b, (3 * 5 * sizeof(float)) + 7, m: 3, k: 512, n: 5);
        using SimSail sail = (SimSail)SimSource.Parse(spec).Open();

        Assert.Null(call.On(sail));

        Assert.True(call.KeepsToItsWindow);
        Assert.Equal(a, call.A[..^1]);
        Assert.Equal(b, call.B[..^1]);
    }

    private static SimCall Run(string spec, byte[] a, byte[] b, int blocks)
    {
        SimCall call = SimCall.Of(a, b, blocks);
        using SimSail sail = (SimSail)SimSource.Parse(spec).Open();
        Assert.Null(call.On(sail));
        return call;
    }

    /// <summary>Sets weight <paramref name="index"/> to d*scale*nibble; the index lies in an even sub-block below the fifth of its block, or the scale is below 16.</summary>
    private static void SetOne(Span<byte> row, int index, ushort d, byte scale, byte nibble)
    {
        Span<byte> block = row.Slice(index / 256 * 144, 144);
        int s = index % 256 / 32;
        block[0] = (byte)(d & 0xff);
        block[1] = (byte)(d >> 8);
        block[s < 4 ? 4 + s : 8 + s] |= scale;
        block[16 + (s / 2 * 32) + (index % 32)] |= (byte)(s % 2 == 0 ? nibble : nibble << 4);
    }

    private static byte[] Row(byte[] operand, int row, int blocks) => operand.AsSpan(row * blocks * 144, blocks * 144).ToArray();

    private static (double Sum, double Magnitude, double Separate) Exact(byte[] a, byte[] b, int blocks)
    {
        BigInteger sum = 0;
        BigInteger magnitude = 0;
        BigInteger separate = 0;
        for (int i = 0; i < blocks * 256; i++)
        {
            BigInteger product = SimOperands.RationalWeight(a, i) * SimOperands.RationalWeight(b, i);
            sum += product;
            magnitude += BigInteger.Abs(product);
            separate += SimOperands.SeparateMagnitude(a, i) * SimOperands.SeparateMagnitude(b, i);
        }

        double unit = Math.ScaleB(1, 2 * SimOperands.WeightExponent);
        return ((double)sum * unit, (double)magnitude * unit, (double)separate * unit);
    }

    private static double HalfSteps(byte[] a, byte[] b, int blocks)
    {
        double total = 0;
        for (int block = 0; block < blocks; block++)
        {
            int[] indices = [.. Enumerable.Range(block * 256, 256)];
            double greatest = indices.Max(i => (double)BigInteger.Abs(SimOperands.RationalWeight(b, i)));
            double weights = indices.Sum(i => (double)BigInteger.Abs(SimOperands.RationalWeight(a, i)));
            total += weights * greatest / 127 / 2;
        }

        return Math.ScaleB(total, 2 * SimOperands.WeightExponent);
    }
}

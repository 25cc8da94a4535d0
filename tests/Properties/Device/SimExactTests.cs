using System.Buffers.Binary;
using System.Numerics;
using Spanker.Conformance.Device;
using Spanker.Conformance.Tests.Support;
using Xunit;
using BlockFields = Spanker.Conformance.Device.BlockFields;

namespace Spanker.Conformance.Tests.Properties.Device;

public sealed class SimExactTests
{
    /// <summary>Far below any midpoint of two floats met here.</summary>
    private const int FineExponent = -160;

    [Theory]
    [InlineData("class=exact", 1, 1, 30)]
    [InlineData("class=exact", 3, 12, 6)]
    [InlineData("class=exact", 17, 1, 30)]
    [InlineData("class=exact,weights=f32", 1, 1, 30)]
    [InlineData("class=exact,weights=f32", 3, 12, 6)]
    [InlineData("class=exact,weights=f32", 17, 1, 30)]
    public void An_exact_sim_returns_the_float_nearest_to_the_big_integer_sum(string options, int blocks, int lowExponent, int exponents)
    {
        byte[] a = SimOperands.Blocks(seed: 1, 3 * blocks, lowExponent, exponents);
        byte[] b = SimOperands.Blocks(seed: 2, 4 * blocks, lowExponent, exponents);
        SimCall call = SimCall.Of(a, b, blocks);
        using SimSail sail = SimSource.Open(SimOptions.Parse(options));

        Assert.Null(call.On(sail));

        bool rounded = options.Contains("weights=f32", StringComparison.Ordinal);
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 4; column++)
            {
                AssertNearest(Sum(Row(a, row, blocks), Row(b, column, blocks), blocks * 256, rounded), call.At(row, column));
            }
        }
    }

    [Theory]
    [InlineData("class=exact")]
    [InlineData("class=exact,weights=f32")]
    public void An_exact_sim_keeps_what_cancellation_leaves(string options)
    {
        // Row (w, w', small) against (x, -x.., small): equal blocks with d of opposite sign cancel fully, a subnormal d is left.
        byte[] big = SimOperands.Blocks(seed: 5, 1, lowExponent: 30, exponents: 1);
        byte[] negated = (byte[])big.Clone();
        negated[1] ^= 0x80;
        negated[3] ^= 0x80;
        byte[] small = new byte[144];
        small[0] = 1;
        small[4] = 1;
        small[16] = 1;
        byte[] a = [.. big, .. negated, .. small];
        byte[] b = [.. big, .. big, .. small];
        SimCall call = SimCall.Of(a, b, 3);
        using SimSail sail = SimSource.Open(SimOptions.Parse(options));

        Assert.Null(call.On(sail));

        Assert.Equal(MathF.ScaleB(1, -48), call.At(0, 0));
    }

    /// <summary>2^26 + 4 is half way between two floats, with 2^26 the even one; 2^-48 more decides for the other.</summary>
    [Theory]
    [InlineData("class=exact", 0, 67108864f)]
    [InlineData("class=exact", 1, 67108872f)]
    [InlineData("class=exact,weights=f32", 0, 67108864f)]
    [InlineData("class=exact,weights=f32", 1, 67108872f)]
    public void The_least_product_decides_a_tie(string options, byte least, float expected)
    {
        // Blocks of d = 2^13, 2 and 2^-24, each with one weight d.
        byte[] row = new byte[3 * 144];
        foreach ((int block, byte low, byte high) in new (int, byte, byte)[] { (0, 0, 0x70), (1, 0, 0x40), (2, 1, 0) })
        {
            row[block * 144] = low;
            row[(block * 144) + 1] = high;
            row[(block * 144) + 4] = block == 2 ? least : (byte)1;
            row[(block * 144) + 16] = 1;
        }

        SimCall call = SimCall.Of(row, row, 3);
        using SimSail sail = SimSource.Open(SimOptions.Parse(options));

        Assert.Null(call.On(sail));

        Assert.Equal(expected, call.At(0, 0));
    }

    [Theory]
    [InlineData("sim:class=exact")]
    [InlineData("sim:class=exact,weights=f32")]
    [InlineData("sim:class=f32,order=pairwise")]
    [InlineData("sim:class=f16-accumulate")]
    [InlineData("sim:class=bf16-accumulate")]
    public void A_non_finite_scale_gives_what_ieee_decode_and_dot_give(string spec)
    {
        // d infinite, all scales 1, all nibbles 1: every weight is +inf. The first row of B is 1 everywhere, the second -1 in one sub-block, the third 0 in one place, the fourth -1 everywhere.
        byte[] infinite = Uniform(0x7c00, 0x11);
        byte[] nan = Uniform(0x7e00, 0x11);
        byte[] one = Uniform(0x3c00, 0x11);
        byte[] mixed = Uniform(0x3c00, 0x11);
        mixed[2] = 0;
        mixed[3] = 0x40;
        mixed[8] = 1;
        byte[] zero = Uniform(0x3c00, 0x11);
        zero[16] = 0x10;
        byte[] minus = Uniform(0xbc00, 0x11);
        SimCall call = SimCall.Of([.. infinite, .. nan], [.. one, .. mixed, .. zero, .. minus], 1);
        using SimSail sail = (SimSail)SimSource.Parse(spec).Open();

        Assert.Null(call.On(sail));

        Assert.Equal(float.PositiveInfinity, call.At(0, 0));
        Assert.True(float.IsNaN(call.At(0, 1)));
        Assert.True(float.IsNaN(call.At(0, 2)));
        Assert.Equal(float.NegativeInfinity, call.At(0, 3));
        Assert.True(float.IsNaN(call.At(1, 0)));
    }

    [Fact]
    public void The_sims_decode_equals_ggml_on_every_record()
    {
        byte[] records = File.ReadAllBytes(RepositoryRoot.File("golden/q4k/q4k_decode.bin"));
        BlockFields fields = new();
        float[] weights = new float[256];
        int compared = 0;
        foreach (byte[] record in records.Chunk(144 + 1024))
        {
            fields.Read(record.AsSpan(0, 144));
            fields.DecodeToBinary32(weights);
            for (int i = 0; i < weights.Length; i++)
            {
                float expected = BinaryPrimitives.ReadSingleLittleEndian(record.AsSpan(144 + (4 * i)));
                bool same = float.IsNaN(expected)
                    ? float.IsNaN(weights[i])
                    : BitConverter.SingleToUInt32Bits(expected) == BitConverter.SingleToUInt32Bits(weights[i]);
                Assert.True(same, $"record {compared / 256}, weight {i}: expected {expected:R}, got {weights[i]:R}");
                compared++;
            }
        }

        Assert.Equal(256_000, compared);
    }

    private static byte[] Uniform(ushort d, byte nibbles)
    {
        byte[] block = new byte[144];
        BinaryPrimitives.WriteUInt16LittleEndian(block, d);
        block.AsSpan(4, 4).Fill(1);
        block.AsSpan(12, 4).Fill(1);
        block.AsSpan(16).Fill(nibbles);
        return block;
    }

    private static byte[] Row(byte[] operand, int row, int blocks) => operand.AsSpan(row * blocks * 144, blocks * 144).ToArray();

    private static BigInteger Sum(byte[] a, byte[] b, int k, bool rounded)
    {
        BigInteger sum = 0;
        for (int i = 0; i < k; i++)
        {
            sum += rounded
                ? SimOperands.RoundedWeight(a, i) * SimOperands.RoundedWeight(b, i)
                : SimOperands.RationalWeight(a, i) * SimOperands.RationalWeight(b, i);
        }

        return sum << (2 * SimOperands.WeightExponent) - FineExponent;
    }

    private static void AssertNearest(BigInteger exact, float actual)
    {
        BigInteger error = Distance(exact, actual);
        BigInteger up = Distance(exact, MathF.BitIncrement(actual));
        BigInteger down = Distance(exact, MathF.BitDecrement(actual));
        Assert.True(error <= up && error <= down, $"{actual:R} is not the nearest float");
        bool tie = error == up || error == down;
        Assert.True(!tie || (BitConverter.SingleToUInt32Bits(actual) & 1) == 0, $"{actual:R} is a tie that went to the odd float");
    }

    private static BigInteger Distance(BigInteger exact, float value) => BigInteger.Abs(exact - SimOperands.Units(value, FineExponent));
}

using Spanker.Conformance.Reference;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Numerics;

/// <summary>Infinite and NaN scales, as IEEE 754 has them (CONTRACT NUM-4).</summary>
public sealed class NonFiniteProperties
{
    private const ushort Infinity = 0x7C00;
    private const ushort MinusInfinity = 0xFC00;
    private const ushort NaN = 0x7E00;
    private const ushort One = CraftedRows.One;
    private const ushort MinusOne = 0xBC00;

    [Theory]
    [InlineData(Infinity, 1, One, 1, ExactValueKind.PositiveInfinity)]
    [InlineData(Infinity, 1, MinusOne, 1, ExactValueKind.NegativeInfinity)]
    [InlineData(MinusInfinity, 1, One, 1, ExactValueKind.NegativeInfinity)]
    [InlineData(MinusInfinity, 1, MinusInfinity, 1, ExactValueKind.PositiveInfinity)]
    [InlineData(One, 1, Infinity, 1, ExactValueKind.PositiveInfinity)]
    [InlineData(Infinity, 1, One, 0, ExactValueKind.NaN)]
    [InlineData(Infinity, 0, One, 1, ExactValueKind.NaN)]
    [InlineData(NaN, 1, One, 1, ExactValueKind.NaN)]
    [InlineData(NaN, 1, One, 0, ExactValueKind.NaN)]
    public void A_uniform_row_times_a_uniform_row_is(ushort dA, int qA, ushort dB, int qB, ExactValueKind expected)
    {
        ExactValue value = Dot(CraftedRows.Row(CraftedRows.Uniform(dA, qA)), CraftedRows.Row(CraftedRows.Uniform(dB, qB)));
        Assert.Equal(expected, value.Kind);
    }

    [Fact]
    public void Infinities_of_both_signs_make_NaN() => Assert.Equal(
        ExactValueKind.NaN,
        Dot(
            CraftedRows.Row(CraftedRows.Uniform(Infinity, 1), CraftedRows.Uniform(MinusInfinity, 1)),
            CraftedRows.Row(CraftedRows.Uniform(One, 1), CraftedRows.Uniform(One, 1))).Kind);

    [Fact]
    public void An_infinite_minimum_makes_a_weight_of_the_other_sign()
    {
        BlockFields block = CraftedRows.Uniform(One, 1);
        block.DMin = Infinity;
        block.Minimums.AsSpan().Fill(1);
        Assert.Equal(ExactValueKind.NegativeInfinity, Dot(CraftedRows.Row(block), CraftedRows.Row(CraftedRows.Uniform(One, 1))).Kind);
    }

    [Fact]
    public void An_infinite_minimum_times_zero_makes_NaN()
    {
        BlockFields block = CraftedRows.Uniform(One, 1);
        block.DMin = Infinity;
        Assert.Equal(ExactValueKind.NaN, Dot(CraftedRows.Row(block), CraftedRows.Row(CraftedRows.Uniform(One, 1))).Kind);
    }

    [Fact]
    public void Random_bytes_with_non_finite_scales_equal_the_machine_s_binary64_arithmetic()
    {
        var reached = new HashSet<ExactValueKind>();
        for (ulong index = 0; index < 20_000; index++)
        {
            var stream = new SplitMix64(3, index);
            var rows = new byte[2][];
            for (int row = 0; row < 2; row++)
            {
                BlockFields block = CraftedRows.Uniform(Scale(stream), 1 + stream.Below(15));
                block.DMin = Scale(stream);
                block.Minimums.AsSpan().Fill(stream.Below(3));
                block.Q[stream.Below(256)] = stream.Below(2);
                rows[row] = CraftedRows.Row(block);
            }

            // Far from binary64's limits, so it is finite, infinite or NaN as the extended reals are.
            double expected = 0;
            foreach ((float a, float b) in EmulatedArithmetic.Decode(rows[0]).Zip(EmulatedArithmetic.Decode(rows[1])))
            {
                expected += (double)a * b;
            }

            ExactValueKind kind = double.IsNaN(expected) ? ExactValueKind.NaN
                : double.IsPositiveInfinity(expected) ? ExactValueKind.PositiveInfinity
                : double.IsNegativeInfinity(expected) ? ExactValueKind.NegativeInfinity
                : ExactValueKind.Finite;
            Assert.True(kind == Dot(rows[0], rows[1]).Kind, $"index {index}: {Dot(rows[0], rows[1]).Kind}, binary64 {expected}");
            reached.Add(kind);
        }

        Assert.Equal(4, reached.Count);
    }

    private static ushort Scale(SplitMix64 stream) => stream.Below(8) switch
    {
        0 => Infinity,
        1 => MinusInfinity,
        2 when stream.OneIn(4) => NaN,
        3 => 0,
        _ => (ushort)(stream.Below(0x7C00) | (stream.OneIn(2) ? 0x8000 : 0)),
    };

    private static ExactValue Dot(byte[] a, byte[] b) =>
        ExactProduct.Dot(ExactRow.Decode(a, WeightDefinition.Rational), ExactRow.Decode(b, WeightDefinition.Rational));
}

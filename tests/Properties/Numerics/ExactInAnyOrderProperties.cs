using System.Numerics;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Numerics;

/// <summary>Rows on which no operation can round, whatever the order (docs/numerics.md, theorem 2), and rows one step beyond.</summary>
public sealed class ExactInAnyOrderProperties
{
    private const WeightDefinition Rounded = WeightDefinition.RoundedToBinary32;
    private const WeightDefinition Rational = WeightDefinition.Rational;

    /// <summary>Class, significand bits p of its format, and the exponent of the unit g of the products.</summary>
    public static TheoryData<string, int, int, bool> Limits()
    {
        (string Name, int Bits, int Unit)[] formats =
        [
            ("f32", 24, -24), ("f32", 24, -28), ("f32", 24, 4),
            ("f32-sequential", 24, -24), ("f32-pairwise", 24, -24), ("f32-blocks32", 24, -24), ("f32-blocks256", 24, -24),
            ("f16-accumulate", 11, -24), ("f16-accumulate", 11, 4),
            ("bf16-accumulate", 8, -28), ("bf16-accumulate", 8, 20),
        ];
        var data = new TheoryData<string, int, int, bool>();
        foreach ((string name, int bits, int unit) in formats)
        {
            data.Add(name, bits, unit, false);
            data.Add(name, bits, unit, true);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public void Where_the_magnitudes_sum_to_2_to_the_p_units_every_order_gives_the_exact_value(string name, int bits, int unit, bool isAlternating)
    {
        (byte[] a, byte[] b, double exact) = PowersOfTwo(unit, isAlternating, UpToTheLimit(bits));
        for (ulong seed = 0; seed < 20; seed++)
        {
            Assert.All(EmulatedArithmetic.Results(name, a, b, new SplitMix64(seed)), actual => Assert.Equal(exact, actual));
        }
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public void Where_the_magnitudes_sum_to_2_to_the_p_units_the_bound_is_zero(string name, int bits, int unit, bool isAlternating)
    {
        (byte[] a, byte[] b, _) = PowersOfTwo(unit, isAlternating, UpToTheLimit(bits));
        Assert.Equal([0, 0], new[] { Rounded, Rational }.Select(
            definition => ErrorBound.For(ArithmeticClaim.Parse(name, definition), Element(a, b, definition))));
    }

    [Theory]
    [InlineData("f32", 24, -24)]
    [InlineData("f32-sequential", 24, -24)]
    [InlineData("f16-accumulate", 11, -24)]
    [InlineData("bf16-accumulate", 8, -24)]
    public void One_unit_above_2_to_the_p_units_some_order_rounds_and_is_accepted(string name, int bits, int unit)
    {
        (byte[] a, byte[] b, double exact) = PowersOfTwo(unit, isAlternating: false, bits, 0);
        ArithmeticClaim claim = ArithmeticClaim.Parse(name, Rounded);
        float[] results = [.. EmulatedArithmetic.Results(name, a, b, new SplitMix64(1))];
        Assert.Contains(results, actual => actual == exact - Math.ScaleB(1, unit));
        Assert.All(results, actual => Assert.Equal(Acceptance.Accepted, claim.Judge(Element(a, b, Rounded), actual).Acceptance));
    }

    [Fact]
    public void Binary16_loses_half_of_its_smallest_number_though_the_sum_has_11_bits_and_is_accepted()
    {
        (byte[] a, byte[] b, double exact) = PowersOfTwo(-25, isAlternating: false, 10, 0);
        ArithmeticClaim claim = ArithmeticClaim.Parse("f16-accumulate", Rounded);
        float[] results = [.. EmulatedArithmetic.Results("f16-accumulate", a, b, new SplitMix64(1))];
        Assert.Contains(results, actual => actual == exact - Math.ScaleB(1, -25));
        Assert.All(results, actual => Assert.Equal(Acceptance.Accepted, claim.Judge(Element(a, b, Rounded), actual).Acceptance));
    }

    [Theory]
    [InlineData("f32", 32)]
    [InlineData("f16-accumulate", 8)]
    [InlineData("bf16-accumulate", 1)]
    public void On_dense_rows_of_ones_the_neighbour_of_the_exact_value_is_rejected(string name, int blocks)
    {
        byte[] row = CraftedRows.Row([.. Enumerable.Repeat(CraftedRows.Uniform(CraftedRows.One, 1), blocks)]);
        ExactElement element = Element(row, row, Rounded);
        ArithmeticClaim claim = ArithmeticClaim.Parse(name, Rounded);
        Assert.Equal(
            (Acceptance.Rejected, Acceptance.Accepted, Acceptance.Rejected),
            (claim.Judge(element, MathF.BitDecrement(256 * blocks)).Acceptance,
                claim.Judge(element, 256 * blocks).Acceptance,
                claim.Judge(element, MathF.BitIncrement(256 * blocks)).Acceptance));
    }

    [Fact]
    public void A_difference_of_weights_that_round_alike_must_be_zero_over_rounded_weights()
    {
        (byte[] a, byte[] b) = DifferenceOfWeightsThatRoundAlike();
        ArithmeticClaim f32 = ArithmeticClaim.Parse("f32", Rounded);
        ExactElement element = Element(a, b, Rounded);
        Assert.Equal(
            (Acceptance.Accepted, Acceptance.Rejected),
            (f32.Judge(element, 0).Acceptance, f32.Judge(element, MathF.ScaleB(1, -24)).Acceptance));
    }

    [Fact]
    public void A_difference_of_weights_that_round_alike_may_be_zero_or_not_over_rational_weights()
    {
        (byte[] a, byte[] b) = DifferenceOfWeightsThatRoundAlike();
        ArithmeticClaim f32 = ArithmeticClaim.Parse("f32", Rational);
        ExactElement element = Element(a, b, Rational);
        Assert.Equal(
            (Acceptance.Accepted, Acceptance.Accepted),
            (f32.Judge(element, 0).Acceptance, f32.Judge(element, MathF.ScaleB(1, -24)).Acceptance));
    }

    [Fact]
    public void Weights_that_round_and_meet_only_zeros_leave_the_bound_at_zero()
    {
        BlockFields left = CraftedRows.Block(CraftedRows.One, (0, 1), (32, 1));
        (left.DMin, left.Minimums[0]) = (0x8001, 1);
        byte[] a = CraftedRows.Row(left);
        byte[] b = CraftedRows.Row(CraftedRows.Block(CraftedRows.One, (32, 1)));
        ExactElement element = Element(a, b, Rational);
        Assert.Equal((true, 0.0), (element.RoundsInDecode, ErrorBound.For(ArithmeticClaim.Parse("f32", Rational), element)));
    }

    [Theory]
    [InlineData(Rational)]
    [InlineData(Rounded)]
    public void The_common_unit_is_the_greatest_power_of_two_that_divides_every_product(WeightDefinition definition)
    {
        for (ulong index = 0; index < 500; index++)
        {
            DotProductCase drawn = DotProductCase.Draw(43, index);
            BigInteger[] products =
            [
                .. Weights(drawn.A, definition).Zip(Weights(drawn.B, definition), (x, y) => BigInteger.Abs((BigInteger)x * y)).Where(p => !p.IsZero),
            ];
            double expected = products.Length == 0 ? double.PositiveInfinity : Math.ScaleB((double)products.Min(p => p & -p), -48);
            Assert.Equal(expected, Element(drawn.A, drawn.B, definition).CommonUnit);
        }
    }

    /// <summary>Powers of two, the least of them 1, whose sum is 2^bits: half of it first, then 1, 1, 2, 4 and so on.</summary>
    private static int[] UpToTheLimit(int bits) => [bits - 1, 0, .. Enumerable.Range(0, bits - 1)];

    /// <summary>Rows whose products are 2^(unit + exponent), one a block at a place of its own, and their sum.</summary>
    private static (byte[] A, byte[] B, double Exact) PowersOfTwo(int unit, bool isAlternating, params int[] exponents)
    {
        var a = new BlockFields[exponents.Length];
        var b = new BlockFields[exponents.Length];
        double exact = 0;
        for (int i = 0; i < exponents.Length; i++)
        {
            int exponent = unit + exponents[i];
            int half = exponent / 2;
            bool isNegative = isAlternating && i % 2 == 1;
            a[i] = CraftedRows.Block((ushort)(CraftedRows.PowerOfTwo(half) | (isNegative ? 0x8000 : 0)), (7 * i, 1));
            b[i] = CraftedRows.Block(CraftedRows.PowerOfTwo(exponent - half), (7 * i, 1));
            exact += (isNegative ? -1 : 1) * Math.ScaleB(1, exponent);
        }

        return (CraftedRows.Row(a), CraftedRows.Row(b), exact);
    }

    /// <summary>(1 + 2^-24) - 1: the first weight is a tie that rounds to 1. Its neighbours, 2^-24 each, meet zeros.</summary>
    private static (byte[] A, byte[] B) DifferenceOfWeightsThatRoundAlike()
    {
        BlockFields aboveOne = CraftedRows.Block(CraftedRows.One, (0, 1));
        (aboveOne.DMin, aboveOne.Minimums[0]) = (0x8001, 1);
        BlockFields one = CraftedRows.Block(CraftedRows.One, (0, 1));
        return (CraftedRows.Row(aboveOne, one), CraftedRows.Row(one, CraftedRows.Block(CraftedRows.One | 0x8000, (0, 1))));
    }

    private static IEnumerable<long> Weights(byte[] row, WeightDefinition definition) => Enumerable.Range(0, row.Length / 144)
        .SelectMany(block => BigIntegerOracle.Weights(BlockFields.Read(row.AsSpan(block * 144, 144)), definition == Rounded));

    private static ExactElement Element(byte[] a, byte[] b, WeightDefinition definition) =>
        ExactProduct.Element(ExactRow.Decode(a, definition), ExactRow.Decode(b, definition));
}

using Spanker.Conformance.Reference;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Numerics;

/// <summary>No bound accuses arithmetic of its own class, and none is loose by more than a known factor.</summary>
public sealed class ErrorBoundProperties
{
    private const WeightDefinition Rounded = WeightDefinition.RoundedToBinary32;

    public static TheoryData<string, WeightDefinition> EmulatedClaims()
    {
        var data = new TheoryData<string, WeightDefinition>();
        foreach (string name in ArithmeticClaim.Names.Where(name => name != "exact"))
        {
            data.Add(name, WeightDefinition.Rational);
            data.Add(name, Rounded);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EmulatedClaims))]
    public void Arithmetic_of_the_class_is_never_rejected(string name, WeightDefinition definition)
    {
        ArithmeticClaim claim = ArithmeticClaim.Parse(name, definition);
        int accepted = 0;
        for (ulong index = 0; index < 1500; index++)
        {
            var stream = new SplitMix64(31, index);
            (byte[] a, byte[] b) = BoundCase.Draw(stream);
            ExactElement element = Element(a, b, definition);
            foreach (float actual in EmulatedArithmetic.Results(name, a, b, stream))
            {
                ElementJudgement judgement = claim.Judge(element, actual);
                Assert.True(
                    judgement.Acceptance != Acceptance.Rejected,
                    $"index {index}: {actual:R}, exact {element.Value.ToSingle():R}, error {judgement.Error} over bound {judgement.Bound}");
                accepted += judgement.Acceptance == Acceptance.Accepted ? 1 : 0;
            }
        }

        Assert.True(accepted >= 500, $"only {accepted} results were judged");
    }

    // The rows keep every addition's error at half a unit and of one sign: what a proof calls the worst case.
    [Theory]
    [InlineData("f32", -24, 8, 1, 0.99)]
    [InlineData("f32-sequential", -24, 8, 1, 0.99)]
    [InlineData("f32-blocks32", -24, 8, 32, 0.9)]
    [InlineData("f32-blocks256", -24, 12, 256, 0.9)]
    [InlineData("f16-accumulate", -11, 1, 1, 0.8)]
    [InlineData("bf16-accumulate", -8, 1, 16, 0.85)]
    public void The_worst_order_reaches_this_fraction_of_the_bound(string name, int smallExponent, int blocks, int stride, double fraction)
    {
        (byte[] a, byte[] b) = CraftedRows.OneAmongSmall(smallExponent, blocks, stride, isOneLast: false);
        ExactElement element = Element(a, b, Rounded);
        double worst = EmulatedArithmetic.Results(name, a, b, new SplitMix64(1))
            .Max(actual => ArithmeticClaim.Parse(name, Rounded).Judge(element, actual).ErrorOverBound);
        Assert.InRange(worst, fraction, 1);
    }

    [Fact]
    public void An_error_of_one_part_in_2_to_the_20_more_than_the_bound_is_rejected()
    {
        (byte[] a, byte[] b) = CraftedRows.OneAmongSmall(-12, 2, 8, isOneLast: false);
        ExactElement element = Element(a, b, Rounded);
        foreach (ArithmeticClaim claim in ArithmeticClaim.All(Rounded))
        {
            double bound = ErrorBound.For(claim, element);
            float outside = MathF.BitIncrement((float)((double)element.Value.ToSingle() + (bound * (1 + 1e-6))));
            Assert.True(claim.Judge(element, outside).Acceptance is Acceptance.Rejected, $"{claim} accepts {outside:R}");
        }
    }

    [Fact]
    public void The_exact_class_accepts_the_nearest_value_alone()
    {
        ArithmeticClaim exact = ArithmeticClaim.Parse("exact", Rounded);
        (byte[] a, byte[] b) = CraftedRows.OneProduct(1, 0x3C01, 1, 15, 0x3C03, 1, 15);
        ExactElement element = Element(a, b, Rounded);
        float nearest = element.Value.ToSingle();
        Assert.Equal(Acceptance.Accepted, exact.Judge(element, nearest).Acceptance);
        Assert.Equal(Acceptance.Rejected, exact.Judge(element, MathF.BitIncrement(nearest)).Acceptance);
        Assert.Equal(Acceptance.Rejected, exact.Judge(element, MathF.BitDecrement(nearest)).Acceptance);
    }

    [Fact]
    public void A_tie_rounded_to_the_odd_neighbour_is_rejected_by_the_exact_class_though_its_error_is_the_same()
    {
        // 1025 * 1027 * 17 = 17895475 lies between 2^24 and 2^25 and is odd.
        (byte[] a, byte[] b) = CraftedRows.OneProduct(1, 0x6401, 1, 1, 0x6403, 17, 1);
        ExactElement element = Element(a, b, Rounded);
        ElementJudgement even = ArithmeticClaim.Parse("exact", Rounded).Judge(element, 17895476);
        ElementJudgement odd = ArithmeticClaim.Parse("exact", Rounded).Judge(element, 17895474);
        Assert.Equal((Acceptance.Accepted, Acceptance.Rejected), (even.Acceptance, odd.Acceptance));
        Assert.Equal(even.Error, odd.Error);
    }

    [Theory]
    [InlineData("bf16-accumulate", 1, 1, Acceptance.NotExercised)]
    [InlineData("bf16-accumulate", 1, 2, Acceptance.Rejected)]
    [InlineData("f16-accumulate", 8, 1, Acceptance.NotExercised)]
    [InlineData("f16-accumulate", 7, 1, Acceptance.Rejected)]
    [InlineData("f32", 16, 1, Acceptance.Rejected)]
    [InlineData("q8k", 16, 1, Acceptance.Rejected)]
    public void A_result_of_zero_on_dense_rows_of_full_significands_is_rejected_or_not_judged_at_all(string name, int blocks, int stride, Acceptance expected)
    {
        // 1 + 2^-10: the products, 1025 * 1025 units, have 21 bits and an odd last one, so that every sum can round.
        const ushort oneAndItsLastBit = 0x3C01;
        (int, int)[] places = [.. Enumerable.Range(0, 256).Where(i => i % stride == 0).Select(i => (i, 1))];
        byte[] row = CraftedRows.Row([.. Enumerable.Repeat(CraftedRows.Block(oneAndItsLastBit, places), blocks)]);
        Assert.Equal(expected, ArithmeticClaim.Parse(name, Rounded).Judge(Element(row, row, Rounded), 0).Acceptance);
    }

    [Fact]
    public void A_sum_that_can_reach_65504_is_outside_the_domain_of_f16_accumulate()
    {
        (byte[] a, byte[] b) = CraftedRows.OneProduct(1, CraftedRows.PowerOfTwo(8), 1, 1, CraftedRows.PowerOfTwo(8), 1, 1);
        (byte[] c, byte[] d) = CraftedRows.OneProduct(1, CraftedRows.PowerOfTwo(8), 1, 1, CraftedRows.PowerOfTwo(7), 1, 1);
        ArithmeticClaim claim = ArithmeticClaim.Parse("f16-accumulate", Rounded);
        Assert.Equal(Acceptance.NotExercised, claim.Judge(Element(a, b, Rounded), 65536).Acceptance);
        Assert.Equal(Acceptance.Accepted, claim.Judge(Element(c, d, Rounded), 32768).Acceptance);
    }

    [Fact]
    public void A_row_of_zeros_demands_zero_of_every_class()
    {
        ExactElement element = Element(new byte[144], new byte[144], Rounded);
        Assert.All(ArithmeticClaim.All(Rounded), claim => Assert.Equal(
            (Acceptance.Accepted, Acceptance.Rejected),
            (claim.Judge(element, -0f).Acceptance, claim.Judge(element, float.Epsilon).Acceptance)));
    }

    [Theory]
    [InlineData("exact", Acceptance.Accepted, Acceptance.Rejected)]
    [InlineData("f32", Acceptance.Accepted, Acceptance.Rejected)]
    [InlineData("f32-pairwise", Acceptance.Accepted, Acceptance.Rejected)]
    [InlineData("bf16-accumulate", Acceptance.Accepted, Acceptance.Rejected)]
    [InlineData("subblock-int", Acceptance.NotExercised, Acceptance.NotExercised)]
    [InlineData("q8k", Acceptance.NotExercised, Acceptance.NotExercised)]
    public void An_infinite_exact_value_is_demanded_of_every_class_that_does_not_factor_the_scales_out(
        string name, Acceptance infinity, Acceptance largest)
    {
        byte[] a = CraftedRows.Row(CraftedRows.Uniform(0x7C00, 1));
        byte[] b = CraftedRows.Row(CraftedRows.Uniform(CraftedRows.One, 1));
        ExactElement element = Element(a, b, Rounded);
        ArithmeticClaim claim = ArithmeticClaim.Parse(name, Rounded);
        Assert.Equal(infinity, claim.Judge(element, float.PositiveInfinity).Acceptance);
        Assert.Equal(largest, claim.Judge(element, float.MaxValue).Acceptance);
    }

    [Fact]
    public void Weights_that_round_widen_the_bound_of_f32_only_under_the_rational_definition()
    {
        BlockFields block = CraftedRows.Uniform(0x7BFF, 15);
        (block.DMin, block.Minimums[0]) = (0x0001, 1);
        byte[] row = CraftedRows.Row(block);
        ArithmeticClaim rational = ArithmeticClaim.Parse("f32-pairwise", WeightDefinition.Rational);
        ArithmeticClaim rounded = ArithmeticClaim.Parse("f32-pairwise", Rounded);

        double factor = ErrorBound.For(rational, Element(row, row, WeightDefinition.Rational)) / ErrorBound.For(rounded, Element(row, row, Rounded));

        // Two more roundings a product beside nine.
        Assert.InRange(factor, 11.0 / 9 - 1e-6, (11.0 / 9) + 1e-6);
    }

    [Fact]
    public void A_claim_about_one_definition_does_not_judge_an_element_of_the_other() => Assert.Throws<ArgumentException>(() =>
        ArithmeticClaim.Parse("f32", Rounded).Judge(Element(new byte[144], new byte[144], WeightDefinition.Rational), 0));

    private static ExactElement Element(byte[] a, byte[] b, WeightDefinition definition) =>
        ExactProduct.Element(ExactRow.Decode(a, definition), ExactRow.Decode(b, definition));
}

using System.Numerics;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Collectives;

/// <summary>The exact sum and quotient over the cards, against BigInteger and by hand.</summary>
public sealed class ExactSumTests
{
    private const float Tiny = 1.401298464e-45f;
    private const float Max = float.MaxValue;
    private const float Inf = float.PositiveInfinity;

    // The spacing below 2^128 is 2^104; half of it, 2^103, is where rounding to infinity begins.
    private const float HalfSpacingOfMax = 1.0141204801825835e31f;

    [Fact]
    public void Sum_and_quotient_are_the_exact_ones_rounded_once()
    {
        int inexact = 0, overflows = 0, subnormals = 0;
        for (ulong index = 0; index < 20_000; index++)
        {
            float[] terms = Draw(index);
            BigInteger units = BigIntegerSum.Sum(terms);
            var exact = ExactSum.Of(terms);
            (float sum, float average) = (BigIntegerSum.Round(units), BigIntegerSum.Round(units, terms.Length));
            Assert.True(sum == exact.ToSingle(), $"index {index}: sum {exact.ToSingle():R}, expected {sum:R}");
            Assert.True(average == exact.Average(), $"index {index}: quotient {exact.Average():R}, expected {average:R}");
            inexact += float.IsFinite(sum) && BigIntegerSum.Units(sum) != units ? 1 : 0;
            overflows += float.IsInfinity(sum) ? 1 : 0;
            subnormals += float.IsSubnormal(average) ? 1 : 0;
        }

        Assert.True(inexact > 1000 && overflows > 100 && subnormals > 100, $"{inexact} inexact, {overflows} overflows, {subnormals} subnormal quotients");
    }

    [Fact]
    public void Errors_are_the_exact_differences_rounded_down()
    {
        for (ulong index = 0; index < 10_000; index++)
        {
            float[] terms = Draw(index);
            BigInteger units = BigIntegerSum.Sum(terms);
            var exact = ExactSum.Of(terms);
            float actual = index % 2 == 0 ? exact.Average() * (1 + (1e-7f * (index % 7))) : terms[0];
            if (!float.IsFinite(actual))
            {
                continue;
            }

            AssertRoundedDown(BigInteger.Abs(BigIntegerSum.Units(actual) - units), 1, exact.Error(actual), index);
            AssertRoundedDown(BigInteger.Abs((BigIntegerSum.Units(actual) * terms.Length) - units), terms.Length, exact.AverageError(actual), index);
        }
    }

    [Fact]
    public void Magnitude_is_the_exact_one_rounded_up()
    {
        for (ulong index = 0; index < 2000; index++)
        {
            float[] terms = Draw(index);
            BigInteger exact = terms.Aggregate(BigInteger.Zero, (sum, term) => sum + BigInteger.Abs(BigIntegerSum.Units(term)));
            BigInteger actual = (BigInteger)Math.ScaleB(ExactSum.Of(terms).Magnitude, 149);
            Assert.True(actual >= exact && actual - exact <= exact >> 52, $"index {index}");
        }
    }

    [Theory]
    [InlineData(Max, HalfSpacingOfMax, Inf)]
    [InlineData(-Max, -HalfSpacingOfMax, -Inf)]
    [InlineData(Max, 1.01412042e31f, Max)]
    [InlineData(Max, Max, Inf)]
    [InlineData(Tiny, -Tiny, 0f)]
    [InlineData(Tiny, Tiny, 2.802596929e-45f)]
    public void Sums_at_the_ends_of_the_range(float x, float y, float expected) => Assert.Equal(expected, ExactSum.Of([x, y]).ToSingle());

    [Fact]
    public void A_sum_that_overflows_on_the_way_is_finite_in_the_end() => Assert.Equal(Max, ExactSum.Of([Max, Max, -Max]).ToSingle());

    [Fact]
    public void The_mean_of_the_largest_numbers_is_the_largest_number() => Assert.Equal(Max, ExactSum.Of([Max, Max, Max]).Average());

    // 3 units over 2 lie half way between 1 and 2, whose last bit is 0; 1 over 2 goes to 0; 2 over 3 to 1.
    [Theory]
    [InlineData(new[] { 3 * Tiny, 0f }, 2)]
    [InlineData(new[] { Tiny, 0f }, 0)]
    [InlineData(new[] { Tiny, Tiny, 0f }, 1)]
    [InlineData(new[] { Tiny, 0f, 0f }, 0)]
    public void Quotients_below_the_normal_numbers_are_rounded_in_their_unit(float[] terms, int expectedUnits) =>
        Assert.Equal(expectedUnits, BitConverter.SingleToInt32Bits(ExactSum.Of(terms).Average()));

    [Theory]
    [InlineData(new[] { 1f, float.NaN }, ExactValueKind.NaN, float.NaN)]
    [InlineData(new[] { Inf, -Inf, 1f }, ExactValueKind.NaN, float.NaN)]
    [InlineData(new[] { Inf, Inf, -Max }, ExactValueKind.PositiveInfinity, Inf)]
    [InlineData(new[] { 0f, -Inf }, ExactValueKind.NegativeInfinity, -Inf)]
    public void Infinities_and_NaNs_are_added_in_the_extended_reals(float[] terms, ExactValueKind kind, float expected)
    {
        var exact = ExactSum.Of(terms);
        Assert.Equal((kind, expected, expected), (exact.Kind, exact.ToSingle(), exact.Average()));
        Assert.Equal((0.0, double.PositiveInfinity), (exact.Error(expected), exact.Error(1f)));
    }

    // 2^24 units of 1 are the limit: 2^24 - 1 and 1 reach it, 2^24 and 1 do not fit.
    [Theory]
    [InlineData(new[] { 16777215f, 1f }, true)]
    [InlineData(new[] { 16777216f, 1f }, false)]
    [InlineData(new[] { 16777216f, -1f }, false)]
    [InlineData(new[] { 0f, -0f }, true)]
    [InlineData(new[] { Max }, true)]
    [InlineData(new[] { 1.7014118e38f, 1.7014118e38f }, false)]
    [InlineData(new[] { Tiny, 2.350988560e-38f }, true)]
    [InlineData(new[] { 1f, Inf }, false)]
    public void No_addition_rounds_up_to_2_to_the_24_common_units(float[] terms, bool isExact) =>
        Assert.Equal(isExact, ExactSum.Of(terms).IsExactInAnyOrder);

    [Fact]
    public void No_terms_or_too_many_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ExactSum.Of([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ExactSum.Of(new float[65]));
    }

    [Fact]
    public void Sixty_four_of_the_largest_numbers_fit() => Assert.Equal(Max, ExactSum.Of([.. Enumerable.Repeat(Max, 64)]).Average());

    private static float[] Draw(ulong index)
    {
        var stream = new SplitMix64(61, index);
        return DrawnTerms.Draw(stream, 1 + stream.Below(16));
    }

    /// <summary>Scaled by 2^(149 + 64), a binary64 of the judge is an integer.</summary>
    private static void AssertRoundedDown(BigInteger difference, int divisor, double error, ulong index)
    {
        BigInteger exact = (difference << 64) / divisor;
        BigInteger actual = (BigInteger)Math.ScaleB(error, 149 + 64);
        Assert.True(actual <= exact && exact - actual <= exact >> 52, $"index {index}: {actual} for {exact}");
    }
}

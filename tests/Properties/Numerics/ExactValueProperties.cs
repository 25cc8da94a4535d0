using System.Numerics;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Numerics;

/// <summary>Rounding an exact value and measuring an error against it.</summary>
public sealed class ExactValueProperties
{
    [Theory]
    [InlineData("0", 0x0000_0000u)]
    [InlineData("1", 0x2780_0000u)] // 2^-48
    [InlineData("-1", 0xA780_0000u)]
    [InlineData("281474976710656", 0x3F80_0000u)] // 2^48 units are 1.0
    [InlineData("16777217", 0x3380_0000u)] // 2^24 + 1: a tie, down to even
    [InlineData("16777219", 0x3380_0002u)] // 2^24 + 3: a tie, up to even
    [InlineData("-16777219", 0xB380_0002u)]
    [InlineData("33554431", 0x3400_0000u)] // 2^25 - 1: a tie that carries into the next binade
    [InlineData("33554433", 0x3400_0000u)] // 2^25 + 1: below the tie at 2^25 + 2
    [InlineData("33554435", 0x3400_0001u)] // 2^25 + 3: above it
    [InlineData("170141183460469231731687303715884105727", 0x6700_0000u)] // 2^127 - 1 is 2^79, less one unit
    public void Units_round_once_to_nearest_even(string units, uint bits) =>
        Assert.Equal(bits, BitConverter.SingleToUInt32Bits(ExactValue.Finite(Int128.Parse(units, null)).ToSingle()));

    [Fact]
    public void Random_units_of_every_length_round_as_comparing_distances_says()
    {
        var stream = new SplitMix64(11);
        for (int i = 0; i < 20_000; i++)
        {
            Int128 units = RandomUnits(stream);
            Assert.Equal(BigIntegerOracle.Round(units), ExactValue.Finite(units).ToSingle());
        }
    }

    [Fact]
    public void Error_is_the_exact_difference_rounded_down()
    {
        var stream = new SplitMix64(12);
        int inexact = 0;
        for (int i = 0; i < 20_000; i++)
        {
            Int128 units = RandomUnits(stream);
            float near = ExactValue.Finite(units).ToSingle() * (1 + (stream.Below(5) * 1e-7f));
            float any = BitConverter.UInt32BitsToSingle((uint)(stream.Next() >> 32));
            float actual = stream.OneIn(2) || !float.IsFinite(any) ? near : any;

            BigInteger exact = BigIntegerOracle.Distance(actual, units);
            double error = ExactValue.Finite(units).Error(actual);

            BigInteger scaled = (BigInteger)Math.ScaleB(error, 149);
            Assert.True(scaled <= exact && exact - scaled <= exact >> 52, $"{units} against {actual:R}: {error:R}");
            inexact += scaled < exact ? 1 : 0;
        }

        Assert.True(inexact > 1000, $"only {inexact} differences had to be rounded");
    }

    [Theory]
    [InlineData(ExactValueKind.Finite, float.NaN, double.PositiveInfinity)]
    [InlineData(ExactValueKind.Finite, float.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(ExactValueKind.NaN, float.NaN, 0)]
    [InlineData(ExactValueKind.NaN, 0f, double.PositiveInfinity)]
    [InlineData(ExactValueKind.NaN, float.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(ExactValueKind.PositiveInfinity, float.PositiveInfinity, 0)]
    [InlineData(ExactValueKind.PositiveInfinity, float.NegativeInfinity, double.PositiveInfinity)]
    [InlineData(ExactValueKind.PositiveInfinity, float.MaxValue, double.PositiveInfinity)]
    [InlineData(ExactValueKind.NegativeInfinity, float.NegativeInfinity, 0)]
    public void Error_of_a_non_finite_side_is_nothing_or_infinite(ExactValueKind kind, float actual, double expected) =>
        Assert.Equal(expected, new ExactValue(kind, 0).Error(actual));

    [Fact]
    public void Any_NaN_equals_any_NaN() => Assert.True(
        new ExactValue(ExactValueKind.NaN, 0).IsCorrectlyRounded(BitConverter.UInt32BitsToSingle(0xFFC1_2345)));

    [Fact]
    public void Zeros_of_either_sign_are_equal() => Assert.True(ExactValue.Finite(0).IsCorrectlyRounded(-0f));

    private static Int128 RandomUnits(SplitMix64 stream)
    {
        var bits = (Int128)(new UInt128(stream.Next(), stream.Next()) >> (1 + stream.Below(127)));
        return stream.OneIn(2) ? -bits : bits;
    }
}

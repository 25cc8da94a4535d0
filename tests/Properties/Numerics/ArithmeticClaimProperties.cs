using Spanker.Conformance.Reference;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Numerics;

/// <summary>The spelling of claims.</summary>
public sealed class ArithmeticClaimProperties
{
    [Theory]
    [InlineData("exact", ArithmeticClass.Exact, SummationOrder.Any)]
    [InlineData("f32", ArithmeticClass.F32, SummationOrder.Any)]
    [InlineData("f32-pairwise", ArithmeticClass.F32, SummationOrder.Pairwise)]
    [InlineData("f32-sequential", ArithmeticClass.F32, SummationOrder.Sequential)]
    [InlineData("f32-blocks32", ArithmeticClass.F32, SummationOrder.Blocks32)]
    [InlineData("f32-blocks256", ArithmeticClass.F32, SummationOrder.Blocks256)]
    [InlineData("subblock-int", ArithmeticClass.SubblockInt, SummationOrder.Any)]
    [InlineData("f16-accumulate", ArithmeticClass.F16Accumulate, SummationOrder.Any)]
    [InlineData("bf16-accumulate", ArithmeticClass.Bf16Accumulate, SummationOrder.Any)]
    [InlineData("q8k", ArithmeticClass.Q8K, SummationOrder.Any)]
    public void A_name_reads_as_its_claim_and_prints_as_itself(string name, ArithmeticClass @class, SummationOrder order)
    {
        ArithmeticClaim claim = ArithmeticClaim.Parse(name, WeightDefinition.Rational);
        Assert.Equal((@class, order, WeightDefinition.Rational), (claim.Class, claim.Order, claim.Weights));
        Assert.Equal(name, claim.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("F32")]
    [InlineData("f32-")]
    [InlineData("q8k-pairwise")]
    public void A_name_that_is_none_is_refused_with_the_names_that_are(string name)
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => ArithmeticClaim.Parse(name, WeightDefinition.Rational));
        Assert.Contains("subblock-int", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_f32_declares_an_order() => Assert.Throws<ArgumentException>(() =>
        new ArithmeticClaim(ArithmeticClass.Q8K, SummationOrder.Pairwise, WeightDefinition.Rational));
}

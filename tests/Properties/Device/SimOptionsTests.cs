using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Device;

public sealed class SimOptionsTests
{
    [Theory]
    [InlineData("sim", "sim:class=f32")]
    [InlineData("sim:", "sim:class=f32")]
    [InlineData("sim:class=f32", "sim:class=f32")]
    [InlineData("sim:order=sequential,weights=f32,fma=false,cards=8,collective=host", "sim:class=f32")]
    [InlineData("sim:cards=4,class=f32", "sim:class=f32,cards=4")]
    [InlineData("sim:cards=4,collective=tree", "sim:class=f32,cards=4,collective=tree")]
    [InlineData("sim:collective=ring", "sim:class=f32,cards=8")]
    [InlineData("sim:cards=4,collective=host", "sim:class=f32,cards=4,collective=host")]
    [InlineData("sim:class=f32,cards=4,order=pairwise,weights=f32,fma=true", "sim:class=f32,order=pairwise,fma=true,cards=4")]
    [InlineData("sim:order=blocks32", "sim:class=f32,order=blocks32")]
    [InlineData("sim:order=blocks256", "sim:class=f32,order=blocks256")]
    [InlineData("sim:class=exact,weights=exact", "sim:class=exact")]
    [InlineData("sim:weights=f32,class=exact", "sim:class=exact,weights=f32")]
    [InlineData("sim:class=subblock-int", "sim:class=subblock-int")]
    [InlineData("sim:class=f16-accumulate,cards=0", "sim:class=f16-accumulate,cards=0")]
    [InlineData("sim:class=bf16-accumulate,cards=256", "sim:class=bf16-accumulate,cards=256")]
    [InlineData("sim:class=q8k", "sim:class=q8k")]
    public void A_spec_has_one_canonical_spelling(string spec, string canonical)
    {
        SimSource source = SimSource.Parse(spec);
        Assert.Equal(canonical, source.Spec);
        Assert.Equal(source.Options, SimSource.Parse(canonical).Options);
    }

    [Theory]
    [InlineData("class=f64", "'f64'", "bf16-accumulate")]
    [InlineData("class=F32", "'F32'", "f32")]
    [InlineData("klass=f32", "'klass'", "class=")]
    [InlineData("f32", "'f32'", "key=value")]
    [InlineData("=f32", "'=f32'", "key=value")]
    [InlineData("class=f32,", "''", "key=value")]
    [InlineData("class=f32,class=q8k", "'class'", "once")]
    [InlineData("order=any", "'any'", "sequential")]
    [InlineData("class=q8k,order=pairwise", "order", "class f32")]
    [InlineData("class=exact,fma=true", "fma", "class f32")]
    [InlineData("fma=yes", "'yes'", "true or false")]
    [InlineData("weights=f16", "'f16'", "exact")]
    [InlineData("class=f32,weights=exact", "class f32", "class=exact")]
    [InlineData("class=q8k,weights=f32", "class q8k", "class=exact")]
    [InlineData("cards=257", "'257'", "0 to 256")]
    [InlineData("cards=-1", "'-1'", "0 to 256")]
    [InlineData("cards=four", "'four'", "0 to 256")]
    public void A_bad_option_is_answered_in_one_line_with_what_would_be_right(string text, string wrong, string right)
    {
        FormatException refusal = Assert.Throws<FormatException>(() => SimOptions.Parse(text));
        Assert.Contains(wrong, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(right, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Theory]
    [InlineData("class=exact", ArithmeticClass.Exact, WeightDefinition.Rational, NonFinitePolicy.Ieee)]
    [InlineData("class=exact,weights=f32", ArithmeticClass.Exact, WeightDefinition.RoundedToBinary32, NonFinitePolicy.Ieee)]
    [InlineData("class=f32", ArithmeticClass.F32, WeightDefinition.RoundedToBinary32, NonFinitePolicy.Ieee)]
    [InlineData("class=subblock-int", ArithmeticClass.SubblockInt, WeightDefinition.Rational, NonFinitePolicy.FiniteOnly)]
    [InlineData("class=f16-accumulate", ArithmeticClass.F16Accumulate, WeightDefinition.RoundedToBinary32, NonFinitePolicy.Ieee)]
    [InlineData("class=bf16-accumulate", ArithmeticClass.Bf16Accumulate, WeightDefinition.RoundedToBinary32, NonFinitePolicy.Ieee)]
    [InlineData("class=q8k", ArithmeticClass.Q8K, WeightDefinition.Rational, NonFinitePolicy.FiniteOnly)]
    public void A_sim_declares_what_it_does(
        string options, ArithmeticClass arithmetic, WeightDefinition weights, NonFinitePolicy nonFinite)
    {
        using SimSail sail = SimSource.Open(SimOptions.Parse(options));
        Assert.Equal(arithmetic, sail.Description.Class);
        Assert.Equal(weights, sail.Description.Weights);
        Assert.Equal(nonFinite, sail.Description.NonFinite);
        Assert.Equal(arithmetic == ArithmeticClass.F32 ? SummationOrder.Sequential : SummationOrder.Any, sail.Description.Order);
        Assert.True(sail.Description.Computes);
        Assert.Equal(8, sail.Description.MaxSails);
    }
}

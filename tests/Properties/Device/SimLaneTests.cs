using Spanker.Conformance.Device;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Device;

/// <summary>A Sail that multiplies many elements at a time gives the bits of the one that takes them one by one.</summary>
public sealed class SimLaneTests
{
    // Few and odd numbers of rows and columns, halves that are not powers of two, and more rows of A than are laid out at once.
    private static readonly (int M, int N, int Blocks)[] Shapes = [(1, 1, 1), (5, 19, 3), (3, 33, 17), (261, 18, 1), (9, 16, 40)];

    [Theory]
    [InlineData("class=f32")]
    [InlineData("class=f32,fma=true")]
    [InlineData("class=f32,order=pairwise")]
    [InlineData("class=f32,order=pairwise,fma=true")]
    [InlineData("class=f32,order=blocks32")]
    [InlineData("class=f32,order=blocks32,fma=true")]
    [InlineData("class=f32,order=blocks256")]
    [InlineData("class=f32,order=blocks256,fma=true")]
    [InlineData("class=subblock-int")]
    [InlineData("class=q8k")]
    public void Lanes_give_the_bits_of_single_elements(string text)
    {
        SimOptions options = SimOptions.Parse(text);
        foreach ((int m, int n, int blocks) in Shapes)
        {
            foreach ((int lowExponent, int exponents) in ((int, int)[])[(10, 4), (1, 30)])
            {
                byte[] a = SimOperands.Blocks(seed: 41, m * blocks, lowExponent, exponents);
                byte[] b = SimOperands.Blocks(seed: 42, n * blocks, lowExponent, exponents);
                SimCall single = SimCall.Of(a, b, blocks);
                SimCall lanes = SimCall.Of(a, b, blocks);
                using SimSail one = SingleElements(options);
                using SimSail many = SimSource.Open(options);
                Assert.NotEqual(one.GetType(), many.GetType());
                Assert.Null(single.On(one));
                Assert.Null(lanes.On(many));
                Assert.True(single.Memory.SequenceEqual(lanes.Memory), $"m={m}, n={n}, {blocks} blocks, exponents from {lowExponent}");
                Assert.False(single.IsUntouched);
            }
        }
    }

    [Theory]
    [InlineData("class=f32")]
    [InlineData("class=f32,order=pairwise,fma=true")]
    [InlineData("class=f32,order=blocks32")]
    public void Infinities_and_NaNs_come_out_where_single_elements_have_them(string text)
    {
        SimOptions options = SimOptions.Parse(text);
        byte[] a = SimOperands.Blocks(seed: 43, 7 * 2, lowExponent: 10, exponents: 4);
        byte[] b = SimOperands.Blocks(seed: 44, 21 * 2, lowExponent: 10, exponents: 4);
        (a[(144 * 3) + 1], b[(144 * 9) + 1], b[(144 * 30) + 3]) = (0x7C, 0xFC, 0x7E);
        SimCall single = SimCall.Of(a, b, 2);
        SimCall lanes = SimCall.Of(a, b, 2);
        using SimSail one = SingleElements(options);
        using SimSail many = SimSource.Open(options);
        Assert.Null(single.On(one));
        Assert.Null(lanes.On(many));
        (int Row, int Column)[] places = [.. from row in Enumerable.Range(0, 7) from column in Enumerable.Range(0, 21) select (row, column)];
        Assert.Contains(places, at => !float.IsFinite(single.At(at.Row, at.Column)));
        Assert.All(places, at => Assert.Equal(single.At(at.Row, at.Column), lanes.At(at.Row, at.Column)));
    }

    private static SimSail SingleElements(SimOptions options) => options.Class switch
    {
        Spanker.Conformance.Reference.ArithmeticClass.F32 => new F32Sail(options),
        Spanker.Conformance.Reference.ArithmeticClass.SubblockInt => new SubblockIntSail(options),
        _ => new Q8KSail(options),
    };
}

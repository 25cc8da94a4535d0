using Spanker.Conformance.Reference;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Numerics;

/// <summary>The partial order of the classes: each inclusion holds on every drawn row, and each edge has a result that only the wider class accepts.</summary>
public sealed class ArithmeticClassOrderProperties
{
    private const WeightDefinition Rounded = WeightDefinition.RoundedToBinary32;

    public static TheoryData<string, string> Edges()
    {
        var data = new TheoryData<string, string>();
        foreach ((string tighter, string wider) in ArithmeticClassOrder.Edges)
        {
            data.Add(tighter, wider);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Edges))]
    public void A_result_of_the_wider_class_s_own_arithmetic_is_rejected_by_the_tighter(string tighter, string wider)
    {
        (byte[] a, byte[] b) = Separating(tighter, wider);
        ExactElement element = Element(a, b, Rounded);
        float[] results = [.. EmulatedArithmetic.Results(wider, a, b, new SplitMix64(1))];
        ArithmeticClaim tight = ArithmeticClaim.Parse(tighter, Rounded);
        ArithmeticClaim wide = ArithmeticClaim.Parse(wider, Rounded);
        Assert.All(results, actual => Assert.Equal(Acceptance.Accepted, wide.Judge(element, actual).Acceptance));
        Assert.Contains(results, actual => tight.Judge(element, actual).Acceptance == Acceptance.Rejected);
    }

    [Theory]
    [MemberData(nameof(Edges))]
    public void The_tighter_bound_is_never_above_the_wider(string tighter, string wider)
    {
        int compared = 0;
        for (ulong index = 0; index < 1000; index++)
        {
            (byte[] a, byte[] b) = BoundCase.Draw(new SplitMix64(41, index));
            foreach (WeightDefinition definition in Enum.GetValues<WeightDefinition>())
            {
                ExactElement element = Element(a, b, definition);
                double low = ErrorBound.For(ArithmeticClaim.Parse(tighter, definition), element);
                double high = ErrorBound.For(ArithmeticClaim.Parse(wider, definition), element);
                Assert.True(low <= high, $"index {index}, {definition}: {low} > {high}");
                compared += double.IsFinite(high) ? 1 : 0;
            }
        }

        Assert.True(compared >= 500, $"only {compared} elements exercised {wider}");
    }

    [Fact]
    public void Inclusion_is_the_closure_of_the_edges_and_antisymmetric()
    {
        ArithmeticClaim[] claims = [.. ArithmeticClaim.All(Rounded)];
        Assert.All(claims, claim => Assert.True(ArithmeticClassOrder.Includes(claim, claim)));
        Assert.All(claims, claim => Assert.True(ArithmeticClassOrder.Includes(claim, claims[0])));
        Assert.Equal(10 + 9 + 4 + 3 + (4 * 3), claims.Sum(wider => claims.Count(tighter => ArithmeticClassOrder.Includes(wider, tighter))));
        Assert.False(ArithmeticClassOrder.Includes(wider: claims[0], tighter: ArithmeticClaim.Parse("f32", Rounded)));
    }

    [Fact]
    public void Claims_about_different_products_are_incomparable() => Assert.False(ArithmeticClassOrder.Includes(
        ArithmeticClaim.Parse("f32", Rounded), ArithmeticClaim.Parse("exact", WeightDefinition.Rational)));

    [Theory]
    [InlineData("exact,f32,q8k", "exact")]
    [InlineData("f32,f32-pairwise,f16-accumulate,q8k", "f32-pairwise")]
    [InlineData("f16-accumulate,q8k", "f16-accumulate,q8k")]
    [InlineData("f32,subblock-int", "f32,subblock-int")]
    [InlineData("", "")]
    public void The_tightest_of_the_met_claims_are_those_with_none_below(string met, string expected)
    {
        ArithmeticClaim[] claims = [.. met.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => ArithmeticClaim.Parse(name, Rounded))];
        Assert.Equal(expected, string.Join(',', ArithmeticClassOrder.Tightest(claims)));
    }

    // docs/numerics.md, section 8: on dense rows whose products are all equal, |x| = S, a wider class's results are off by up to the fraction.
    // The products have 30 bits and an odd last one: with few bits nothing could round, and no error would slip under.
    [Theory]
    [InlineData("f32", 31, 1.0 / 2048, false)] // binary16 output: the any-order bound reaches 2^-11 S at k = 2^13
    [InlineData("f32", 32, 1.0 / 2048, true)]
    [InlineData("f32-sequential", 63, 1.0 / 2048, false)]
    [InlineData("f32-sequential", 64, 1.0 / 2048, true)]
    [InlineData("f32-pairwise", 256, 1.0 / 2048, false)]
    [InlineData("f32-blocks256", 256, 1.0 / 2048, false)]
    [InlineData("f32-blocks32", 256, 1.0 / 2048, false)]
    [InlineData("subblock-int", 255, 1.0 / 2048, false)]
    [InlineData("subblock-int", 256, 1.0 / 2048, false)]
    [InlineData("f32", 255, 1.0 / 256, false)] // bfloat16 output: at k = 2^16
    [InlineData("f32", 256, 1.0 / 256, true)]
    [InlineData("f32", 258, 1.0 / 254, false)] // q8k: beyond k = 66051
    [InlineData("f32", 259, 1.0 / 254, true)]
    public void On_dense_rows_of_full_significands_an_error_of_this_fraction_of_S_slips_under_the_bound_from_this_many_blocks(
        string name, int blocks, double fraction, bool slipsUnder)
    {
        byte[] row = CraftedRows.Row([.. Enumerable.Repeat(CraftedRows.Uniform(0x3FFF, 15), blocks)]);
        ExactElement element = Element(row, row, Rounded);
        Assert.Equal(slipsUnder, ErrorBound.For(ArithmeticClaim.Parse(name, Rounded), element) >= fraction * element.Magnitude);
    }

    [Fact]
    public void An_output_rounded_to_binary16_is_rejected_by_f32_on_sparse_rows_of_any_length()
    {
        (byte[] a, byte[] b) = CraftedRows.OneProduct(512, 0x3C01, 1, 1, 0x3C01, 1, 1);
        ExactElement element = Element(a, b, Rounded);
        var rounded = (float)(Half)element.Value.ToSingle();
        Assert.Equal(Acceptance.Rejected, ArithmeticClaim.Parse("f32", Rounded).Judge(element, rounded).Acceptance);
    }

    /// <summary>Rows on which the wider class's arithmetic errs by more than the tighter class can.</summary>
    private static (byte[] A, byte[] B) Separating(string tighter, string wider) => (tighter, wider) switch
    {
        // The products of 2^-24 come first, where the declared orders lose none of them; another order starts at the 1 and loses all.
        (_, "f32") => CraftedRows.OneAmongSmall(smallExponent: -24, smallBlocks: 2, stride: 1, isOneLast: true),
        // Each product or block of 2^-24 that is added to a 1 is lost, and two of them are a unit in the last place.
        ("exact", "f32-sequential") => CraftedRows.OneAmongSmall(-24, 1, 1, isOneLast: false),
        ("exact", "f32-blocks32") => CraftedRows.OneAmongSmall(-24, 1, 32, isOneLast: false),
        ("exact", "f32-blocks256") => CraftedRows.OneAmongSmall(-24, 3, 256, isOneLast: false),
        ("exact", "f32-pairwise") => CraftedRows.OneAmongSmall(-24, 3, 256, isOneLast: false),
        // The product of the two d*sc has more than 24 bits, and so has what the integer 13*11 makes of it.
        ("exact", "subblock-int") => CraftedRows.OneProduct(1, 0x3FFF, 63, 13, 0x3FFF, 61, 11),
        // One product of 1 + 2^-9 + 2^-20: a narrow format keeps 11 or 8 bits of it.
        ("f32", "f16-accumulate" or "bf16-accumulate") => CraftedRows.OneProduct(3, 0x3C01, 1, 1, 0x3C01, 1, 1),
        // A weight of 1 beside one of 15, which meets a zero: 1 becomes 8 steps of 15/127.
        ("f32", "q8k") => (CraftedRows.Row(CraftedRows.Block(CraftedRows.One, (0, 1))), CraftedRows.Row(CraftedRows.Block(CraftedRows.One, (0, 1), (1, 15)))),
        _ => throw new ArgumentException($"No rows separate {tighter} from {wider}.", nameof(tighter)),
    };

    private static ExactElement Element(byte[] a, byte[] b, WeightDefinition definition) =>
        ExactProduct.Element(ExactRow.Decode(a, definition), ExactRow.Decode(b, definition));
}

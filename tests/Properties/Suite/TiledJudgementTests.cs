using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Suite;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Suite;

/// <summary>A large product of class exact is judged in tiles: the verdict and the figures are those of judging element by element.</summary>
public sealed class TiledJudgementTests
{
    private static readonly MatmulShape Large = new(M: 150, N: 131, K: 256);

    public static TheoryData<string> Families => ["dense", "cancelling", "nonfinite"];

    [Theory]
    [MemberData(nameof(Families))]
    public void Tiles_come_to_what_elements_come_to(string family)
    {
        using ExactRationalSail device = new(SimOptions.Of(ArithmeticClass.Exact));
        (ValueJudge tiles, ValueJudge elements) = JudgeBoth(device, family);
        Assert.Null(tiles.Deviation);
        Assert.Equal(Figures(elements), Figures(tiles));
    }

    [Fact]
    public void One_wrong_bit_of_one_element_is_named_as_by_elements()
    {
        using OffByABit device = new((77, 130));
        (ValueJudge tiles, ValueJudge elements) = JudgeBoth(device, "dense");
        Assert.Equal((77UL, 130UL), tiles.Deviation?.Element);
        Assert.Equal(elements.Deviation?.Message, tiles.Deviation?.Message);
        Assert.Equal(elements.Deviation?.Neighbourhood, tiles.Deviation?.Neighbourhood);
        Assert.Equal(Figures(elements), Figures(tiles));
    }

    [Fact]
    public void Of_two_wrong_elements_the_first_of_OUT_is_named_though_its_tile_comes_later()
    {
        using OffByABit device = new((63, 0), (1, 130));
        Assert.Equal((1UL, 130UL), JudgeBoth(device, "dense").Tiles.Deviation?.Element);
    }

    private static (ValueJudge Tiles, ValueJudge Elements) JudgeBoth(IMatmulDevice device, string family)
    {
        MatmulCase tried = (MatmulCase)CaseToken.Parse($"mm13-g1-m{Large.M}n{Large.N}k{Large.K}-{family}-s1f");
        using MatmulRun run = new(tried, device);
        Assert.Null(run.Call(device).Error);
        JudgingTerms terms = JudgingTerms.Of(device.Description);
        // Holding results against every claim takes each element's rows, so that is not done in tiles.
        return (ValueJudge.Judge(run, terms, holdAgainstAllClaims: false), ValueJudge.Judge(run, terms, holdAgainstAllClaims: true));
    }

    private static string Figures(ValueJudge judge) =>
        $"judged {judge.Judged} in {judge.RowsJudged} rows; {judge.Zeros} zeros, {judge.Infinities} infinities, {judge.NotNumbers} NaN; "
        + $"{judge.TighterThanBinary16} tight; worst {judge.WorstErrorOverBound:R}";

    private sealed class OffByABit(params (int Row, int Column)[] places) : ExactRationalSail(SimOptions.Of(ArithmeticClass.Exact))
    {
        protected override float Element(in MatmulCall call, ulong row, ulong column, RationalRow a, RationalRow b)
        {
            float value = base.Element(call, row, column, a, b);
            return places.Contains(((int)row, (int)column)) ? MathF.BitIncrement(value) : value;
        }
    }
}

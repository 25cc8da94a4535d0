using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Suite;

/// <summary>A large product of a class with bounds is judged in tiles by limits of the bounds: the verdict and the figures are those of the bounds themselves.</summary>
public sealed class BoundedJudgementTests
{
    public static TheoryData<string, int> Claims()
    {
        var data = new TheoryData<string, int>();
        foreach (string name in ArithmeticClaim.Names.Where(name => name != "exact"))
        {
            data.Add(name, 1);
            data.Add(name, 5);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Claims))]
    public void Results_inside_the_bounds_come_to_what_rows_come_to(string name, int blocks)
    {
        // Well inside, the worst ratio is that of an element which limits alone would decide.
        foreach (Place[] places in (Place[][])[[Place.Exact, Place.Within], [Place.Exact, Place.Within, Place.JustInside]])
        {
            (ValueJudge tiles, ValueJudge rows) = JudgeBoth(name, blocks, places, isFinite: true);
            Assert.Null(rows.Deviation);
            Assert.Equal(Figures(rows), Figures(tiles));
        }
    }

    [Theory]
    [MemberData(nameof(Claims))]
    public void Results_on_both_sides_of_the_bounds_come_to_what_rows_come_to(string name, int blocks)
    {
        (ValueJudge tiles, ValueJudge rows) = JudgeBoth(name, blocks, Enum.GetValues<Place>(), isFinite: false);
        Assert.True(rows.Deviation is not null || rows.Judged == 0, "nothing was wrong");
        Assert.Equal(Figures(rows), Figures(tiles));
        Assert.Equal(rows.Deviation?.Neighbourhood, tiles.Deviation?.Neighbourhood);
    }

    [Fact]
    public void Of_two_elements_far_off_the_first_of_OUT_is_named_though_its_tile_comes_later()
    {
        MatmulShape shape = new(M: 150, N: 131, K: 256);
        float[] results = new float[shape.M * shape.N];
        (results[(63 * 131) + 0], results[131 + 130]) = (1e30f, 1e30f);
        Assert.Equal((1UL, 130UL), Judge("f32", new LiteralOperands(default, default), shape, results, byRows: false).Deviation?.Element);
    }

    private static (ValueJudge Tiles, ValueJudge Rows) JudgeBoth(string name, int blocks, Place[] places, bool isFinite)
    {
        MatmulShape shape = blocks == 1 ? new(M: 90, N: 190, K: 256) : new(M: 43, N: 82, K: 1280);
        byte[][] a = MixedRows.Draw(81, operand: 0, (int)shape.M, blocks, isFinite);
        byte[][] b = MixedRows.Draw(82, operand: 1, (int)shape.N, blocks, isFinite);
        LiteralOperands operands = new(a.SelectMany(row => row).ToArray(), b.SelectMany(row => row).ToArray());
        float[] results = Results(ClaimOf(name), a, b, places);
        return (Judge(name, operands, shape, results, byRows: false), Judge(name, operands, shape, results, byRows: true));
    }

    private static ValueJudge Judge(string name, LiteralOperands operands, MatmulShape shape, float[] results, bool byRows)
    {
        using Answering device = new(results);
        using MatmulRun run = new(new MatmulCase("MM-13", shape, operands), device);
        Assert.Null(run.Call(device).Error);
        JudgingTerms terms = new(device.Description, ClaimOf(name));
        // Holding results against every claim takes each element's rows, so that is not done in tiles.
        return ValueJudge.Judge(run, terms, holdAgainstAllClaims: byRows);
    }

    private static ArithmeticClaim ClaimOf(string name)
    {
        ArithmeticClass arithmetic = ArithmeticClaim.Parse(name, WeightDefinition.Rational).Class;
        return ArithmeticClaim.Parse(name, JudgingTerms.WeightsOf(arithmetic, WeightDefinition.RoundedToBinary32));
    }

    private static float[] Results(ArithmeticClaim claim, byte[][] a, byte[][] b, Place[] places)
    {
        var stream = new SplitMix64(83);
        ExactRow[] rows = [.. a.Select(row => ExactRow.Decode(row, claim.Weights))];
        ExactRow[] columns = [.. b.Select(row => ExactRow.Decode(row, claim.Weights))];
        float[] results = new float[a.Length * b.Length];
        for (int at = 0; at < results.Length; at++)
        {
            ExactElement element = ExactProduct.Element(rows[at / b.Length], columns[at % b.Length]);
            results[at] = Result(element, ErrorBound.For(claim, element), places[stream.Below(places.Length)], stream.OneIn(2));
        }

        return results;
    }

    /// <summary>A binary32 at a place relative to the bound, which is looked for from the exact value outwards by errors that are themselves exact.</summary>
    private static float Result(in ExactElement element, double bound, Place place, bool isAbove)
    {
        float nearest = element.Value.ToSingle();
        if (place == Place.NotWritten)
        {
            return BitConverter.UInt32BitsToSingle(CallPoison.Word);
        }

        if (place == Place.Exact || !element.Value.IsFinite || !double.IsFinite(bound))
        {
            // Where the bound does not hold the rounding of the exact value, a class has a result that is exact.
            return nearest;
        }

        double step = isAbove ? bound : -bound;
        ExactValue value = element.Value;
        switch (place)
        {
            case Place.Within:
                return Inward((float)(nearest + (step / 2)), value, bound, nearest);
            case Place.FarOutside:
                return (float)(nearest + (1000 * step)) is var far && far != nearest ? far : MathF.BitIncrement(nearest);
            default:
                float inside = Inward((float)(nearest + step), value, bound, nearest);
                float next = isAbove ? MathF.BitIncrement(inside) : MathF.BitDecrement(inside);
                while (value.Error(next) <= bound)
                {
                    (inside, next) = (next, isAbove ? MathF.BitIncrement(next) : MathF.BitDecrement(next));
                }

                return place == Place.JustInside ? inside : next;
        }
    }

    private static float Inward(float from, in ExactValue value, double bound, float nearest)
    {
        while (value.Error(from) > bound && from != nearest)
        {
            from = from > nearest ? MathF.BitDecrement(from) : MathF.BitIncrement(from);
        }

        return from;
    }

    private static string Figures(ValueJudge judge) =>
        $"judged {judge.Judged} in {judge.RowsJudged} rows; {judge.Zeros} zeros, {judge.Infinities} infinities, {judge.NotNumbers} NaN; "
        + $"{judge.TighterThanBinary16} tight; worst {judge.WorstErrorOverBound:R}; {judge.Deviation?.Message}";

    private enum Place
    {
        Exact,
        Within,
        JustInside,
        JustOutside,
        FarOutside,
        NotWritten,
    }

    private sealed class Answering(float[] results) : F32Sail(new SimOptions())
    {
        protected override float Element(in MatmulCall call, ulong row, ulong column, float[] a, float[] b) => results[(row * call.N) + column];
    }
}

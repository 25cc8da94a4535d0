using Spanker.Conformance.Reference;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Numerics;

/// <summary>The limits of a bound that tiles come with hold the bound that <see cref="ErrorBound.For"/> takes from the rows, and are near it.</summary>
public sealed class BoundLimitsProperties
{
    public static TheoryData<string, WeightDefinition> Claims()
    {
        var data = new TheoryData<string, WeightDefinition>();
        foreach (string name in ArithmeticClaim.Names.Where(name => name != "exact"))
        {
            data.Add(name, WeightDefinition.Rational);
            data.Add(name, WeightDefinition.RoundedToBinary32);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Claims))]
    public void The_bound_and_the_magnitude_lie_between_their_limits(string name, WeightDefinition definition)
    {
        ArithmeticClaim claim = ArithmeticClaim.Parse(name, definition);
        int near = 0, zero = 0, notExercised = 0;
        foreach ((int m, int n, int blocks, bool isFinite) in ((int, int, int, bool)[])[(33, 41, 1, true), (24, 40, 1, false), (17, 35, 5, true), (16, 16, 17, false)])
        {
            byte[][] a = MixedRows.Draw(71, operand: 0, m, blocks, isFinite);
            byte[][] b = MixedRows.Draw(72, operand: 1, n, blocks, isFinite);
            foreach ((double bound, BoundLimits limits) in Checked(claim, a, b))
            {
                near += bound > 0 && double.IsFinite(bound) && limits.Lower >= 0.999 * bound && limits.Upper <= 1.001 * bound ? 1 : 0;
                zero += limits is { Lower: 0, Upper: 0 } ? 1 : 0;
                notExercised += double.IsPositiveInfinity(limits.Lower) ? 1 : 0;
            }
        }

        // Each claim is decided by limits for the most part, in every way that it can be.
        Assert.True(near >= (name is "f16-accumulate" or "bf16-accumulate" ? 1 : 500), $"{near} near, {zero} zero, {notExercised} not exercised");
        Assert.True(zero > 100, $"{zero} zero");
        Assert.True(notExercised > 0 || name.StartsWith("f32", StringComparison.Ordinal), $"{notExercised} not exercised");
    }

    // What rounds, what underflows in binary16, and sums that are exactly 2^8 and 2^11 of their unit, and more.
    [Theory]
    [MemberData(nameof(Claims))]
    public void Where_rounding_begins_the_bound_lies_between_its_limits(string name, WeightDefinition definition)
    {
        ArithmeticClaim claim = ArithmeticClaim.Parse(name, definition);
        // Weights of 1 + 2^-24, each of which is 1 when rounded: the row's terms hide that they have a finer unit.
        BlockFields roundsToOne = new() { D = CraftedRows.One, DMin = 0x8001 };
        (roundsToOne.Scales[0], roundsToOne.Minimums[0]) = (1, 1);
        roundsToOne.Q.AsSpan(0, 32).Fill(1);
        Assert.NotEmpty(Checked(claim, [CraftedRows.Row(roundsToOne)], [CraftedRows.Row(CraftedRows.Block(CraftedRows.One, (0, 1)))]));
        (byte[] a, byte[] b) = CraftedRows.OneProduct(1, CraftedRows.PowerOfTwo(-14), 1, 1, CraftedRows.PowerOfTwo(-14), 1, 1);
        Assert.NotEmpty(Checked(claim, [a], [b]));
        // The finest weight of either row meets a zero, and the one product, 2^-28, is finer than binary16.
        Assert.NotEmpty(Checked(
            claim, [CraftedRows.Row(CraftedRows.Block(0x0200, (0, 1), (1, 2)))], [CraftedRows.Row(CraftedRows.Block(0x0200, (1, 2), (2, 1)))]));
        foreach (int blocks in (int[])[1, 2, 8, 9])
        {
            byte[] ones = CraftedRows.Row([.. Enumerable.Repeat(CraftedRows.Uniform(CraftedRows.One, 1), blocks)]);
            Assert.NotEmpty(Checked(claim, [ones], [ones]));
        }
    }

    // In rows of 256 blocks a tile of f32 is 128 x 32, of two sums 64 x 16, of three 42 x 10: these have one row and one column more.
    [Theory]
    [InlineData("f32", 129, 33)]
    [InlineData("f32-sequential", 65, 17)]
    [InlineData("subblock-int", 65, 17)]
    [InlineData("q8k", 43, 11)]
    public void Behind_the_end_of_a_tile_the_bound_lies_between_its_limits(string name, int m, int n)
    {
        ArithmeticClaim claim = ArithmeticClaim.Parse(name, WeightDefinition.Rational);
        List<(double Bound, BoundLimits Limits)> bounds = Checked(claim, MixedRows.Draw(73, operand: 0, m, 256, isFinite: true), MixedRows.Draw(74, operand: 1, n, 256, isFinite: true));
        Assert.Contains(bounds, each => each.Bound > 0 && each.Limits.Lower >= 0.999 * each.Bound && each.Limits.Upper <= 1.001 * each.Bound);
    }

    // Eight products at the head of a row and nothing behind: an order's chain of blocks, which counts each of them, is not walked.
    [Theory]
    [InlineData("f32-blocks32")]
    [InlineData("f32-blocks256")]
    public void Where_most_blocks_are_empty_the_bound_lies_between_its_limits(string name)
    {
        BlockFields head = CraftedRows.Block(0x3bff, (0, 1), (1, 3), (2, 5), (3, 7), (4, 9), (5, 11), (6, 13), (7, 15));
        byte[] row = CraftedRows.Row([head, .. Enumerable.Repeat(CraftedRows.Block(CraftedRows.One), 16)]);
        Assert.True(Assert.Single(Checked(ArithmeticClaim.Parse(name, WeightDefinition.Rational), [row], [row])).Bound > 0);
    }

    [Fact]
    public void Blocks_behind_the_row_say_nothing()
    {
        byte[] row = CraftedRows.Row(CraftedRows.Uniform(0x3c03, 7), CraftedRows.Uniform(0x3c05, 9));
        ArithmeticClaim claim = ArithmeticClaim.Parse("f32", WeightDefinition.Rational);
        List<(int, int, ExactValue, BoundLimits)> ofLonger = [], ofRow = [];
        BoundedTiles.Run(claim, new OperandRows(1, _ => row), new OperandRows(1, _ => row), 1, new Collected(ofLonger));
        BoundedTiles.Run(claim, new OperandRows(1, _ => row.AsSpan(0, 144)), new OperandRows(1, _ => row.AsSpan(0, 144)), 1, new Collected(ofRow));
        Assert.Equal(ofRow, ofLonger);
    }

    [Fact]
    public void A_row_may_have_256_blocks_and_no_more()
    {
        byte[] row = new byte[257 * 144];
        List<(int, int, ExactValue, BoundLimits)> taken = [];
        ArithmeticClaim claim = ArithmeticClaim.Parse("f32-sequential", WeightDefinition.Rational);
        BoundedTiles.Run(claim, new OperandRows(1, _ => row.AsSpan(144)), new OperandRows(1, _ => row.AsSpan(144)), 256, new Collected(taken));
        Assert.Single(taken);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => BoundedTiles.Run(claim, new OperandRows(1, _ => row), new OperandRows(1, _ => row), 257, new Collected(taken)));
    }

    [Fact]
    public void Class_exact_has_no_limits()
    {
        byte[] row = new byte[144];
        Assert.Throws<ArgumentException>(() => BoundedTiles.Run(
            ArithmeticClaim.Parse("exact", WeightDefinition.Rational), new OperandRows(1, _ => row), new OperandRows(1, _ => row), 1, new Collected([])));
    }

    /// <summary>Each element's bound and its limits, which hold the bound and the magnitude of its rows.</summary>
    private static List<(double Bound, BoundLimits Limits)> Checked(ArithmeticClaim claim, byte[][] a, byte[][] b)
    {
        int blocks = a[0].Length / 144;
        ExactRow[] rows = [.. a.Select(row => ExactRow.Decode(row, claim.Weights))];
        ExactRow[] columns = [.. b.Select(row => ExactRow.Decode(row, claim.Weights))];
        List<(int Row, int Column, ExactValue Value, BoundLimits Limits)> taken = [];
        BoundedTiles.Run(claim, new OperandRows(a.Length, i => a[i]), new OperandRows(b.Length, j => b[j]), blocks, new Collected(taken));
        Assert.Equal(a.Length * b.Length, taken.Select(t => (t.Row, t.Column)).Distinct().Count());
        List<(double, BoundLimits)> bounds = [];
        foreach ((int i, int j, ExactValue value, BoundLimits limits) in taken)
        {
            ExactElement element = ExactProduct.Element(rows[i], columns[j]);
            double bound = ErrorBound.For(claim, element);
            Assert.Equal(element.Value, value);
            Assert.True(limits.Lower <= bound && bound <= limits.Upper, $"[{i},{j}] of {blocks} blocks: {limits} for bound {bound:R}");
            Assert.True(
                limits.LeastMagnitude <= element.Magnitude && element.Magnitude <= limits.MostMagnitude,
                $"[{i},{j}] of {blocks} blocks: {limits} for magnitude {element.Magnitude:R}");
            bounds.Add((bound, limits));
        }

        return bounds;
    }

    private readonly struct Collected(List<(int, int, ExactValue, BoundLimits)> taken) : IBoundedElementSink
    {
        public void Take(int row, int column, in ExactValue value, in BoundLimits limits) => taken.Add((row, column, value, limits));
    }
}

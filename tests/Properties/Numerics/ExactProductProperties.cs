using System.Numerics;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Numerics;

/// <summary>The exact product against BigInteger arithmetic, on drawn rows that must reach every kind of edge.</summary>
public sealed class ExactProductProperties
{
    private const int Count = 100_000;
    private const ulong Seed = 20_240_901;

    [Theory]
    [InlineData(WeightDefinition.Rational)]
    [InlineData(WeightDefinition.RoundedToBinary32)]
    public void Exact_product_and_its_rounding_equal_BigInteger_arithmetic_on_100000_dot_products(WeightDefinition definition)
    {
        for (ulong index = 0; index < Count; index++)
        {
            DotProductCase drawn = DotProductCase.Draw(Seed, index);
            BigInteger expected = BigIntegerOracle.Dot(drawn.A, drawn.B, definition == WeightDefinition.RoundedToBinary32);
            ExactValue actual = ExactProduct.Dot(ExactRow.Decode(drawn.A, definition), ExactRow.Decode(drawn.B, definition));

            Assert.True(actual.IsFinite && actual.Units == (Int128)expected, $"index {index}: {actual} instead of {expected}");
            Assert.True(actual.ToSingle() == BigIntegerOracle.Round(expected), $"index {index}: {actual} rounds to {actual.ToSingle():R}");
        }
    }

    [Fact]
    public void The_drawn_dot_products_reach_every_kind_and_length()
    {
        var kinds = new Dictionary<DotProductKind, int>();
        var lengths = new HashSet<int>();
        int ties = 0, cancelled = 0, decodeTies = 0;
        for (ulong index = 0; index < Count / 10; index++)
        {
            DotProductCase drawn = DotProductCase.Draw(Seed, index);
            kinds[drawn.Kind] = kinds.GetValueOrDefault(drawn.Kind) + 1;
            lengths.Add(drawn.A.Length / BlockFields.Bytes);
            BigInteger exact = BigIntegerOracle.Dot(drawn.A, drawn.B, roundWeights: false);
            ties += BigIntegerOracle.IsTie(exact) ? 1 : 0;
            cancelled += exact.IsZero && EmulatedArithmetic.Decode(drawn.A).Zip(EmulatedArithmetic.Decode(drawn.B)).Any(p => p.First * p.Second != 0) ? 1 : 0;
            decodeTies += BigIntegerOracle.Weights(BlockFields.Read(drawn.A), roundWeights: false).Any(w => BigIntegerOracle.IsTie(w)) ? 1 : 0;
        }

        Assert.All(Enum.GetValues<DotProductKind>(), kind => Assert.True(kinds.GetValueOrDefault(kind) >= 50, $"{kind}: {kinds.GetValueOrDefault(kind)}"));
        Assert.Equal(Enumerable.Range(1, DotProductCase.MostBlocks), lengths.Order());
        Assert.True(ties >= 1000 && cancelled >= 1000 && decodeTies >= 500, $"ties {ties}, cancelled {cancelled}, weights that tie {decodeTies}");
    }

    [Theory]
    [InlineData(WeightDefinition.Rational)]
    [InlineData(WeightDefinition.RoundedToBinary32)]
    public void Count_and_magnitude_of_the_products_equal_BigInteger_arithmetic(WeightDefinition definition)
    {
        for (ulong index = 0; index < 500; index++)
        {
            DotProductCase drawn = DotProductCase.Draw(Seed + 1, index);
            long nonzero = 0;
            BigInteger magnitude = BigInteger.Zero;
            for (int offset = 0; offset < drawn.A.Length; offset += BlockFields.Bytes)
            {
                long[] a = BigIntegerOracle.Weights(BlockFields.Read(drawn.A.AsSpan(offset)), definition == WeightDefinition.RoundedToBinary32);
                long[] b = BigIntegerOracle.Weights(BlockFields.Read(drawn.B.AsSpan(offset)), definition == WeightDefinition.RoundedToBinary32);
                for (int i = 0; i < a.Length; i++)
                {
                    magnitude += BigInteger.Abs((BigInteger)a[i] * b[i]);
                    nonzero += a[i] != 0 && b[i] != 0 ? 1 : 0;
                }
            }

            ExactElement element = ExactProduct.Element(ExactRow.Decode(drawn.A, definition), ExactRow.Decode(drawn.B, definition));
            Assert.Equal(nonzero, element.NonzeroProducts);
            var scaled = (BigInteger)Math.ScaleB(element.Magnitude, -ExactValue.UnitExponent);
            Assert.True(scaled >= magnitude && scaled - magnitude <= magnitude >> 52, $"index {index}: {element.Magnitude} for {magnitude}");
        }
    }

    [Fact]
    public void Matmul_puts_row_i_of_A_times_row_j_of_B_at_i_times_n_plus_j()
    {
        byte[] a = CraftedRows.Row(CraftedRows.Block(CraftedRows.One, (0, 1)), CraftedRows.Block(CraftedRows.One, (0, 3), (255, 2)));
        byte[] b = CraftedRows.Row(
            CraftedRows.Block(CraftedRows.One, (0, 5)), CraftedRows.Block(CraftedRows.One, (255, 7)), CraftedRows.Block(CraftedRows.One, (0, 1), (255, 1)));
        var destination = new float[7];
        destination[6] = -1;

        ExactProduct.Matmul(a, b, m: 2, k: 256, n: 3, WeightDefinition.Rational, threads: 1, destination);

        Assert.Equal([5, 0, 1, 15, 14, 5, -1], destination);
    }

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(1, 255, 1)]
    [InlineData(2, 256, 1)]
    [InlineData(1, 256, 2)]
    [InlineData(ulong.MaxValue, 256, 1)]
    [InlineData(1, 1UL << 28, 1)]
    public void Matmul_refuses_operands_that_do_not_fit_the_shape(ulong m, ulong k, ulong n) =>
        Assert.Throws<ArgumentException>(() =>
            ExactProduct.Matmul(new byte[144], new byte[144], m, k, n, WeightDefinition.Rational, threads: 1, new float[1]));

    [Fact]
    public void Rows_of_different_lengths_or_definitions_are_refused()
    {
        ExactRow one = ExactRow.Decode(new byte[144], WeightDefinition.Rational);
        Assert.Throws<ArgumentException>(() => ExactProduct.Dot(one, ExactRow.Decode(new byte[288], WeightDefinition.Rational)));
        Assert.Throws<ArgumentException>(() => ExactProduct.Dot(one, ExactRow.Decode(new byte[144], WeightDefinition.RoundedToBinary32)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(143)]
    [InlineData(145)]
    public void A_row_that_is_not_whole_blocks_is_refused(int bytes) =>
        Assert.Throws<ArgumentException>(() => ExactRow.Decode(new byte[bytes], WeightDefinition.Rational));
}

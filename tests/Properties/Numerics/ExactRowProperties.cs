using System.Buffers.Binary;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Numerics;

/// <summary>Decoded rows against GGML's own decode and by hand.</summary>
public sealed class ExactRowProperties
{
    private const int RecordBytes = 144 + (256 * sizeof(float));

    [Fact]
    public void Rounded_units_equal_every_weight_that_GGML_decoded()
    {
        byte[] records = File.ReadAllBytes(RepositoryRoot.File("golden/q4k/q4k_decode.bin"));
        int nonFinite = 0;
        for (int offset = 0; offset < records.Length; offset += RecordBytes)
        {
            ExactRow row = ExactRow.Decode(records.AsSpan(offset, 144), WeightDefinition.RoundedToBinary32);
            for (int i = 0; i < row.Length; i++)
            {
                float expected = BinaryPrimitives.ReadSingleLittleEndian(records.AsSpan(offset + 144 + (i * sizeof(float))));
                float actual = row.KindOf(i) switch
                {
                    WeightKind.Finite => MathF.ScaleB(row.Units[i], ExactRow.UnitExponent),
                    WeightKind.PositiveInfinity => float.PositiveInfinity,
                    WeightKind.NegativeInfinity => float.NegativeInfinity,
                    _ => float.NaN,
                };
                nonFinite += float.IsFinite(expected) ? 0 : 1;
                Assert.True(actual.Equals(expected) || (actual == 0 && expected == 0), $"record {offset / RecordBytes}, weight {i}: {actual:R}, GGML {expected:R}");
            }
        }

        Assert.Equal(1000 * RecordBytes, records.Length);
        Assert.True(nonFinite > 1000, $"only {nonFinite} non-finite weights");
    }

    [Theory]
    [InlineData(WeightDefinition.Rational)]
    [InlineData(WeightDefinition.RoundedToBinary32)]
    public void Units_components_maxima_and_rounding_equal_the_oracle_s(WeightDefinition definition)
    {
        for (ulong index = 0; index < 1000; index++)
        {
            DotProductCase drawn = DotProductCase.Draw(7, index);
            ExactRow row = ExactRow.Decode(drawn.A, definition);
            bool rounds = false;
            for (int block = 0; block < drawn.A.Length / 144; block++)
            {
                BlockFields fields = BlockFields.Read(drawn.A.AsSpan(block * 144, 144));
                long[] rational = BigIntegerOracle.Weights(fields, roundWeights: false);
                long[] weights = BigIntegerOracle.Weights(fields, definition == WeightDefinition.RoundedToBinary32);
                rounds |= !rational.SequenceEqual(BigIntegerOracle.Weights(fields, roundWeights: true));
                Assert.Equal(weights, row.Units.Slice(block * 256, 256).ToArray());
                Assert.Equal(weights.Max(Math.Abs), row.BlockMaxima[block]);
                long d = Math.Abs(BigIntegerOracle.HalfUnits(fields.D)), dmin = Math.Abs(BigIntegerOracle.HalfUnits(fields.DMin));
                Assert.Equal(
                    Enumerable.Range(0, 256).Select(i => (d * fields.Scales[i / 32] * fields.Q[i]) + (dmin * fields.Minimums[i / 32])),
                    row.Components.Slice(block * 256, 256).ToArray());
                Assert.Equal(
                    Enumerable.Range(0, 8).Select(s => (byte)((d * fields.Scales[s] * fields.Q.Skip(32 * s).Take(32).Sum() != 0 ? 1 : 0)
                        + (dmin * fields.Minimums[s] != 0 ? 1 : 0))),
                    row.SubblockTerms.Slice(block * 8, 8).ToArray());
            }

            Assert.Equal(rounds, row.RoundsInDecode);
        }
    }

    [Fact]
    public void The_largest_weight_of_all_is_1008_times_65504()
    {
        BlockFields block = CraftedRows.Uniform(0x7BFF, 15);
        block.Scales.AsSpan().Fill(63);
        block.Minimums.AsSpan().Fill(63);
        block.DMin = 0xFBFF;

        ExactRow row = ExactRow.Decode(CraftedRows.Row(block), WeightDefinition.Rational);

        Assert.All(row.Units.ToArray(), unit => Assert.Equal(1008L * 65504 << 24, unit));
    }
}

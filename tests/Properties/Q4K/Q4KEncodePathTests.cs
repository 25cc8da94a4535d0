using Spanker.Conformance.Reference;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Q4K;

/// <summary>Every way of encoding against the scalar one, byte for byte, on any input.</summary>
public sealed class Q4KEncodePathTests
{
    private const ulong Seed = 20_261;
    private const int Rows = 4000;

    public static TheoryData<string> Paths => [.. Enum.GetNames<EncodePath>()];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Rows_of_every_kind_encode_to_the_scalar_bytes(string path)
    {
        for (ulong index = 0; index < Rows; index++)
        {
            WeightRow row = WeightRow.Draw(Seed, index);
            AssertScalarBytes(path, row.Weights, $"row {index} ({string.Join(' ', row.Kinds)})");
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Any_256_bit_patterns_encode_to_the_scalar_bytes(string path)
    {
        for (ulong seed = 0; seed < 1000; seed++)
        {
            // Any pattern at first; then without the exponent of infinities and NaNs, which would send nearly every row along the scalar path.
            uint keep = seed < 200 ? 0xffff_ffff : 0xff7f_ffff;
            float[] weights = [.. Enumerable.Range(0, 256).Select(i => BitConverter.UInt32BitsToSingle((uint)(BlockBytes.Hash(seed, (ulong)i) >> 32) & keep))];
            AssertScalarBytes(path, weights, $"seed {seed}");
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_weight_that_is_moved_through_every_place_encodes_to_the_scalar_bytes(string path)
    {
        float[] background = [.. Enumerable.Range(0, 256).Select(i => (float)(i * 7 % 32))];
        foreach (float moved in new[] { 1e4f, -1e4f, 1e38f, -float.MaxValue, float.Epsilon, float.PositiveInfinity, float.NegativeInfinity, float.NaN })
        {
            for (int place = 0; place < 256; place++)
            {
                float[] weights = [.. background];
                weights[place] = moved;
                AssertScalarBytes(path, weights, $"{moved} at {place}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_sub_block_of_one_number_encodes_to_the_scalar_bytes_whatever_the_number(string path)
    {
        float[] numbers =
        [
            0f, -0f, 1f, -1f, float.Epsilon, -float.Epsilon, 1e-30f, -1e-30f, 1e38f, -1e38f, float.MaxValue, -float.MaxValue,
            float.PositiveInfinity, float.NegativeInfinity,
        ];
        foreach (float number in numbers)
        {
            for (int subBlocks = 1; subBlocks < 1 << Q4KLayout.SubBlocks; subBlocks++)
            {
                float[] weights = [.. Enumerable.Range(0, 256).Select(i => (subBlocks >> (i / 32) & 1) == 1 ? number : MathF.Sin(i))];
                AssertScalarBytes(path, weights, $"{number} in sub-blocks {subBlocks:b8}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_quantize_record_equals_ggmls_byte_for_byte(string path)
    {
        byte[] actual = new byte[Q4KLayout.BlockBytes];
        for (int record = 0; record < GoldenVectors.NormativeQuantizeRecords; record++)
        {
            Q4KEncoder.Encode(Enum.Parse<EncodePath>(path), GoldenVectors.QuantizeInput(record), actual);
            int first = GoldenVectors.QuantizedBlock(record).CommonPrefixLength(actual);
            Assert.True(first == Q4KLayout.BlockBytes, $"record {record}: first wrong byte {first}");
        }

        for (int record = GoldenVectors.NormativeQuantizeRecords; record < GoldenVectors.QuantizeRecords; record++)
        {
            AssertScalarBytes(path, GoldenVectors.QuantizeInput(record), $"record {record}");
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Several_rows_are_encoded_each_to_its_own_place_and_nothing_beside(string path)
    {
        for (int count = 0; count <= 3; count++)
        {
            float[] weights = [.. Enumerable.Range(0, count).SelectMany(i => WeightRow.Draw(Seed, (ulong)i).Weights)];
            byte[] around = new byte[(count + 2) * Q4KLayout.BlockBytes];
            Array.Fill(around, (byte)0x5a);
            byte[] expected = [.. around];
            Q4KEncoder.Encode(Enum.Parse<EncodePath>(path), weights, around.AsSpan()[144..^144]);
            Q4KEncoder.Encode(EncodePath.Scalar, weights, expected.AsSpan()[144..^144]);
            Assert.Equal(expected, around);
        }
    }

    [Fact]
    public void The_drawn_rows_reach_every_kind_alone_and_beside_others()
    {
        Dictionary<SubBlockKind, int> met = [];
        int alike = 0, mixed = 0, flatBesideOthers = 0;
        for (ulong index = 0; index < Rows; index++)
        {
            SubBlockKind[] kinds = WeightRow.Draw(Seed, index).Kinds;
            foreach (SubBlockKind kind in kinds)
            {
                met[kind] = met.GetValueOrDefault(kind) + 1;
            }

            int different = kinds.Distinct().Count();
            alike += different == 1 ? 1 : 0;
            mixed += different >= 5 ? 1 : 0;
            flatBesideOthers += different > 1 && kinds.Contains(SubBlockKind.Zeros) ? 1 : 0;
        }

        Assert.All(Enum.GetValues<SubBlockKind>(), kind => Assert.True(met.GetValueOrDefault(kind) >= 100, $"{kind}: {met.GetValueOrDefault(kind)}"));
        Assert.True(alike >= 500 && mixed >= 500 && flatBesideOthers >= 500, $"alike {alike}, mixed {mixed}, flat beside others {flatBesideOthers}");
    }

    private static void AssertScalarBytes(string path, float[] weights, string name)
    {
        byte[] expected = Filled();
        byte[] actual = Filled();
        Q4KEncoder.Encode(EncodePath.Scalar, weights, expected);
        Q4KEncoder.Encode(Enum.Parse<EncodePath>(path), weights, actual);
        int first = expected.AsSpan().CommonPrefixLength(actual);
        Assert.True(
            first == Q4KLayout.BlockBytes,
            first == Q4KLayout.BlockBytes ? "" : $"{name}: byte {first} is 0x{actual[first]:x2}, along the scalar path 0x{expected[first]:x2}");
    }

    /// <summary>A block whose bytes must all be overwritten.</summary>
    private static byte[] Filled()
    {
        byte[] block = new byte[Q4KLayout.BlockBytes];
        Array.Fill(block, (byte)0x5a);
        return block;
    }
}

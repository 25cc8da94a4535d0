using System.Runtime.InteropServices;
using Spanker.Conformance.Reference;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Q4K;

/// <summary>Every way of decoding against the scalar one, by bits: NaNs with their sign and payload too.</summary>
public sealed class Q4KDecodePathTests
{
    private const int AllHalves = 1 << 16;

    // Zeros, subnormals, both ends of the normal numbers, infinities, and NaNs: quiet and signalling, of both signs, with several payloads.
    private static readonly ushort[] SpecialHalves =
    [
        0x0000, 0x8000, 0x0001, 0x8001, 0x03ff, 0x83ff, 0x0400, 0x8400, 0x3c00, 0xbc00, 0x7bff, 0xfbff,
        0x7c00, 0xfc00, 0x7c01, 0xfc01, 0x7d55, 0xfdff, 0x7e00, 0xfe00, 0x7e2a, 0xfeaa, 0x7fff, 0xffff,
    ];

    public static TheoryData<string> Paths => [.. Enum.GetNames<DecodePath>()];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_d_beside_any_dmin_decodes_to_the_scalar_bits(string path) => AssertScalarBits(path, AllHalves, i => Block((ulong)i, d: (ushort)i, dmin: null));

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_dmin_beside_any_d_decodes_to_the_scalar_bits(string path) => AssertScalarBits(path, AllHalves, i => Block((ulong)i, d: null, dmin: (ushort)i));

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_pair_of_special_d_and_dmin_decodes_to_the_scalar_bits(string path)
    {
        int kinds = SpecialHalves.Length;
        AssertScalarBits(path, 4 * kinds * kinds, i => Block((ulong)i, SpecialHalves[i % kinds], SpecialHalves[i / kinds % kinds]));
    }

    /// <summary>Each field and nibble by itself, its neighbours all zeros or all ones: whatever is taken from a wrong place shows.</summary>
    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_single_bit_of_a_block_decodes_to_the_scalar_bits(string path) => AssertScalarBits(path, 2 * 140 * 8, i =>
    {
        byte[] block = new byte[Q4KLayout.BlockBytes];
        Array.Fill(block, (byte)(i % 2 == 0 ? 0x00 : 0xff));
        block[4 + (i / 16)] ^= (byte)(1 << (i / 2 % 8));
        Q4KBlockBuilder.SetD(block, (Half)1.25);
        Q4KBlockBuilder.SetDMin(block, (Half)0.375);
        return block;
    });

    /// <summary>64 values of eight scales and of eight minimums, all other fields 0 or 63, under the least, an odd and the greatest d and dmin.</summary>
    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_scale_and_minimum_in_every_place_decodes_to_the_scalar_bits(string path) => AssertScalarBits(path, 3 * 2 * 2 * 8 * 64, i =>
    {
        byte[] block = BlockBytes.Finite((ulong)i);
        block.AsSpan(4, 12).Fill((byte)(i % 2 == 0 ? 0x00 : 0xff));
        int subBlock = i / 4 % 8;
        int field = i / 32 % 64;
        if (i / 2 % 2 == 0)
        {
            Q4KBlockBuilder.SetScale(block, subBlock, field);
        }
        else
        {
            Q4KBlockBuilder.SetMinimum(block, subBlock, field);
        }

        ushort[] halves = [0x0001, 0xb555, 0x7bff];
        Q4KBlockBuilder.SetDBits(block, halves[i / 2048]);
        Q4KBlockBuilder.SetDMinBits(block, halves[^(1 + (i / 2048))]);
        return block;
    });

    /// <summary>All ways in which six blocks in a row are finite or not: a path that does them differently changes over at every place.</summary>
    [Theory]
    [MemberData(nameof(Paths))]
    public void Finite_blocks_among_others_decode_to_the_scalar_bits_in_every_order(string path)
    {
        const int InARow = 6;
        float[] expected = new float[InARow * Q4KLayout.BlockWeights];
        float[] actual = new float[InARow * Q4KLayout.BlockWeights];
        for (int finite = 0; finite < 1 << InARow; finite++)
        {
            byte[] blocks = [.. Enumerable.Range(0, InARow).SelectMany(i => (finite >> i & 1) == 1
                ? BlockBytes.Finite((ulong)((InARow * finite) + i))
                : Block((ulong)((InARow * finite) + i), d: (ushort)(i % 2 == 0 ? 0x7e2a : 0x3c00), dmin: (ushort)(i % 2 == 0 ? 0x3c00 : 0xfc00)))];
            Q4KDecoder.Decode(DecodePath.Scalar, blocks, expected);
            Q4KDecoder.Decode(Enum.Parse<DecodePath>(path), blocks, actual);
            Assert.Equal(Bits(expected), Bits(actual));
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Every_decode_record_equals_ggmls_bit_for_bit(string path)
    {
        float[] actual = new float[Q4KLayout.BlockWeights];
        for (int record = 0; record < GoldenVectors.DecodeRecords; record++)
        {
            Q4KDecoder.Decode(Enum.Parse<DecodePath>(path), GoldenVectors.DecodeBlock(record), actual);

            // Any NaN equals any NaN here; by their bits they are compared above.
            Assert.Equal(GoldenVectors.DecodedWeights(record).Select(AnyNaN), actual.Select(AnyNaN));
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Several_blocks_are_decoded_each_to_its_own_place_and_nothing_beside(string path)
    {
        for (int count = 0; count <= 9; count++)
        {
            byte[] blocks = [.. Enumerable.Range(0, count).SelectMany(i => BlockBytes.Arbitrary((ulong)i))];
            float[] around = new float[(count + 2) * Q4KLayout.BlockWeights];
            Array.Fill(around, 0.5f);
            float[] expected = [.. around];
            Q4KDecoder.Decode(Enum.Parse<DecodePath>(path), blocks, around.AsSpan()[256..^256]);
            Q4KDecoder.Decode(DecodePath.Scalar, blocks, expected.AsSpan()[256..^256]);
            Assert.Equal(Bits(expected), Bits(around));
        }
    }

    [Fact]
    public void The_drawn_blocks_reach_NaNs_infinities_zeros_of_both_signs_and_roundings()
    {
        float[] weights = new float[Q4KLayout.BlockWeights];
        HashSet<string> met = [];
        for (int i = 0; i < AllHalves; i += 16)
        {
            byte[] bytes = Block((ulong)i, d: (ushort)i, dmin: null);
            Q4KDecoder.Decode(DecodePath.Scalar, bytes, weights);
            Q4KBlock block = new(bytes);
            for (int k = 0; k < weights.Length; k++)
            {
                double exact = ((double)block.D * block.ScaleAt(k / 32) * block.NibbleAt(k)) - ((double)block.DMin * block.MinimumAt(k / 32));
                met.Add(
                    float.IsNaN(weights[k]) ? (float.IsNegative(weights[k]) ? "-NaN" : "NaN")
                    : float.IsInfinity(weights[k]) ? (weights[k] > 0 ? "infinity" : "-infinity")
                    : weights[k] == 0 ? (float.IsNegative(weights[k]) ? "-0" : "0")
                    : weights[k] == exact ? "exact" : "rounded");
            }
        }

        Assert.Equal(["-0", "-NaN", "-infinity", "0", "NaN", "exact", "infinity", "rounded"], met.Order(StringComparer.Ordinal));
    }

    private static void AssertScalarBits(string path, int count, Func<int, byte[]> block)
    {
        const int AtOnce = 64;
        float[] expected = new float[AtOnce * Q4KLayout.BlockWeights];
        float[] actual = new float[AtOnce * Q4KLayout.BlockWeights];
        for (int first = 0; first < count; first += AtOnce)
        {
            int end = Math.Min(count, first + AtOnce);
            byte[] blocks = [.. Enumerable.Range(first, end - first).SelectMany(block)];
            Span<float> decoded = actual.AsSpan(0, (end - first) * Q4KLayout.BlockWeights);
            Q4KDecoder.Decode(DecodePath.Scalar, blocks, expected.AsSpan(0, decoded.Length));
            Q4KDecoder.Decode(Enum.Parse<DecodePath>(path), blocks, decoded);
            int same = MemoryMarshal.Cast<float, uint>(expected.AsSpan(0, decoded.Length)).CommonPrefixLength(MemoryMarshal.Cast<float, uint>(decoded));
            Assert.True(
                same == decoded.Length,
                same == decoded.Length ? "" : $"block {first + (same / 256)}, weight {same % 256}: expected {Show(expected[same])}, actual {Show(actual[same])}");
        }
    }

    private static byte[] Block(ulong seed, ushort? d, ushort? dmin)
    {
        byte[] block = BlockBytes.Arbitrary(seed);
        if (d is ushort scale)
        {
            Q4KBlockBuilder.SetDBits(block, scale);
        }

        if (dmin is ushort minimum)
        {
            Q4KBlockBuilder.SetDMinBits(block, minimum);
        }

        return block;
    }

    private static IEnumerable<uint> Bits(float[] weights) => weights.Select(BitConverter.SingleToUInt32Bits);

    private static uint AnyNaN(float weight) => BitConverter.SingleToUInt32Bits(float.IsNaN(weight) ? float.NaN : weight);

    private static string Show(float value) => $"{value:R} (0x{BitConverter.SingleToUInt32Bits(value):x8})";
}

using System.Buffers.Binary;
using Spanker.Conformance.Reference;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Q4K;

/// <summary>What can be claimed of the quantizer beyond its vectors: symmetries of its arithmetic, and degenerate rows worked by hand.</summary>
public sealed class Q4KEncodeTests
{
    private const int Rows = 200;

    [Fact]
    public void A_row_of_zeros_of_either_sign_becomes_a_block_of_zero_bytes()
    {
        float[] weights = new float[256];
        Assert.Equal(new byte[Q4KLayout.BlockBytes], Encode(weights));
        Array.Fill(weights, -0f, startIndex: 16, count: 200);
        Assert.Equal(new byte[Q4KLayout.BlockBytes], Encode(weights));
    }

    [Fact]
    public void A_constant_negative_row_keeps_only_its_minimum()
    {
        float[] weights = new float[256];
        Array.Fill(weights, -63f);
        Q4KBlock block = new(Encode(weights));

        // Every sub-block spans nothing, so its scale is zero; its minimum, 63, is the greatest, so the field is 63 and dmin is 63 / 63.
        Assert.Equal((Half.Zero, Half.One), (block.D, block.DMin));
        for (int s = 0; s < 8; s++)
        {
            Assert.Equal((0, 63), (block.ScaleAt(s), block.MinimumAt(s)));
        }
    }

    [Fact]
    public void Weights_that_are_the_levels_themselves_keep_their_levels()
    {
        // Each sub-block runs over 0..15 in steps of one: scale 1 in all, so d is 1/63 in binary16 and the levels are the weights.
        float[] weights = [.. Enumerable.Range(0, 256).Select(i => (float)(i * 5 % 16))];
        Q4KBlock block = new(Encode(weights));
        Assert.Equal((Half)(1f / 63f), block.D);
        for (int i = 0; i < 256; i++)
        {
            Assert.Equal((int)weights[i], block.NibbleAt(i));
        }
    }

    [Fact]
    public void An_outlier_leaves_every_level_in_its_own_nibble()
    {
        // One great weight among small ones has level 15, its neighbours 0: nothing is carried from one nibble to the other of its byte.
        float[] weights = new float[256];
        weights[40] = 1e4f;
        Q4KBlock block = new(Encode(weights));
        Assert.Equal([0, 15, 0, 0], [block.NibbleAt(39), block.NibbleAt(40), block.NibbleAt(41), block.NibbleAt(8)]);
    }

    [Fact]
    public void A_sub_block_whose_scale_vanishes_beside_a_greater_one_keeps_the_levels_of_its_fit()
    {
        // Constant sub-blocks above zero span 0 to that constant, so each weight has level 15; next to 1e4 their scale rounds to the field 0.
        float[] weights = new float[256];
        Array.Fill(weights, 1e-3f);
        weights[40] = 1e4f;
        Q4KBlock block = new(Encode(weights));
        Assert.Equal((0, 63, 0), (block.ScaleAt(0), block.ScaleAt(1), block.ScaleAt(2)));
        Assert.Equal([15, 0, 15, 15], [block.NibbleAt(8), block.NibbleAt(39), block.NibbleAt(72), block.NibbleAt(255)]);
    }

    /// <summary>Each step of the search scales with the weights or not at all, and a power of two rounds nothing, as long as d and dmin stay normal.</summary>
    [Fact]
    public void Doubling_a_row_doubles_d_and_dmin_and_changes_nothing_else()
    {
        for (ulong seed = 0; seed < Rows; seed++)
        {
            float[] weights = Row(seed);
            byte[] single = Encode(weights);
            byte[] doubled = Encode([.. weights.Select(weight => 2 * weight)]);
            Assert.Equal(single[4..], doubled[4..]);
            Assert.Equal((float)new Q4KBlock(single).D * 2, (float)new Q4KBlock(doubled).D);
            Assert.Equal((float)new Q4KBlock(single).DMin * 2, (float)new Q4KBlock(doubled).DMin);
        }
    }

    /// <summary>Sub-blocks meet only in the greatest scale and minimum, which do not depend on order.</summary>
    [Fact]
    public void Reversing_the_sub_blocks_of_a_row_reverses_the_fields_of_its_block()
    {
        for (ulong seed = 0; seed < Rows; seed++)
        {
            float[] weights = Row(seed);
            byte[] forward = Encode(weights);
            byte[] backward = Encode([.. weights.Chunk(32).Reverse().SelectMany(subBlock => subBlock)]);
            Assert.Equal(forward[..4], backward[..4]);
            Q4KBlock there = new(forward);
            Q4KBlock back = new(backward);
            for (int i = 0; i < 256; i++)
            {
                int mirrored = (32 * (7 - (i / 32))) + (i % 32);
                Assert.Equal(
                    (there.ScaleAt(i / 32), there.MinimumAt(i / 32), there.NibbleAt(i)),
                    (back.ScaleAt(7 - (i / 32)), back.MinimumAt(7 - (i / 32)), back.NibbleAt(mirrored)));
            }
        }
    }

    [Fact]
    public void Blocks_encode_independently_of_their_neighbours()
    {
        float[] first = Row(1);
        float[] second = Row(2);
        Assert.Equal([.. Encode(first), .. Encode(second)], Encode([.. first, .. second]));
    }

    [Fact]
    public void Any_256_bit_patterns_are_encoded_without_an_exception_and_the_same_each_time()
    {
        for (ulong seed = 0; seed < Rows; seed++)
        {
            float[] weights = [.. Enumerable.Range(0, 256).Select(i => BitConverter.UInt32BitsToSingle((uint)(BlockBytes.Hash(seed, (ulong)i) >> 32)))];
            Assert.Equal(Encode(weights), Encode(weights));
        }
    }

    [Theory]
    [InlineData(float.MaxValue)]
    [InlineData(-float.MaxValue)]
    [InlineData(float.Epsilon)]
    [InlineData(-float.Epsilon)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(float.NaN)]
    public void An_extreme_weight_at_any_place_is_encoded_without_an_exception(float extreme)
    {
        for (int place = 0; place < 256; place++)
        {
            float[] weights = Row((ulong)place);
            weights[place] = extreme;
            Assert.Equal(Q4KLayout.BlockBytes, Encode(weights).Length);
        }
    }

    [Theory]
    [InlineData(255, 144)]
    [InlineData(256, 143)]
    [InlineData(256, 145)]
    [InlineData(512, 144)]
    [InlineData(0, 1)]
    public void Lengths_that_do_not_belong_together_are_refused(int weights, int blockBytes)
    {
        float[] source = new float[weights];
        byte[] destination = new byte[blockBytes];
        Assert.Throws<ArgumentException>(() => Q4KEncoder.Encode(source, destination));
    }

    private static byte[] Encode(float[] weights)
    {
        // Bytes that were there before must not shine through.
        byte[] blocks = new byte[weights.Length / 256 * Q4KLayout.BlockBytes];
        Array.Fill(blocks, (byte)0x5a);
        Q4KEncoder.Encode(weights, blocks);
        return blocks;
    }

    /// <summary>Weights between -2 and 2 with a bell-like density (sum of four hashed 16-bit numbers), wider in some sub-blocks than in others.</summary>
    private static float[] Row(ulong seed)
    {
        float[] weights = new float[256];
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        for (int i = 0; i < weights.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, BlockBytes.Hash(seed, (ulong)i));
            int sum = 0;
            for (int part = 0; part < 4; part++)
            {
                sum += BinaryPrimitives.ReadInt16LittleEndian(bytes[(2 * part)..]);
            }

            weights[i] = sum / 65536f / (1 + (BlockBytes.Hash(seed, 1000 + (ulong)(i / 32)) % 8));
        }

        return weights;
    }
}

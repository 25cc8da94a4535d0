using Spanker.Conformance.Reference;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Q4K;

/// <summary>What CONTRACT NUM-1 says of decoding, and how the decoder treats its arguments.</summary>
public sealed class Q4KDecodeTests
{
    private const int Blocks = 1000;

    [Fact]
    public void A_fused_multiply_add_decodes_finite_blocks_to_the_same_bits()
    {
        float[] weights = new float[Q4KLayout.BlockWeights];
        int rounded = 0;
        for (ulong seed = 0; seed < Blocks; seed++)
        {
            byte[] bytes = BlockBytes.Finite(seed);
            Q4KDecoder.Decode(bytes, weights);
            Q4KBlock block = new(bytes);
            for (int i = 0; i < weights.Length; i++)
            {
                float minimum = (float)block.DMin * block.MinimumAt(i / 32);
                float scale = (float)block.D * block.ScaleAt(i / 32);
                float fused = MathF.FusedMultiplyAdd(scale, block.NibbleAt(i), -minimum);
                Assert.Equal(BitConverter.SingleToUInt32Bits(fused), BitConverter.SingleToUInt32Bits(weights[i]));
                rounded += weights[i] != ((double)scale * block.NibbleAt(i)) - minimum ? 1 : 0;
            }
        }

        // The claim is empty where the subtraction does not round. CONTRACT NUM-2 names 43 % for uniformly random blocks; these are nearly that.
        Assert.InRange(rounded / (double)(Blocks * Q4KLayout.BlockWeights), 0.3, 0.6);
    }

    [Fact]
    public void D_times_scale_times_nibble_is_exact_in_binary32_for_every_finite_d()
    {
        for (int bits = 0; bits < 0x7c00; bits++)
        {
            float d = (float)BitConverter.UInt16BitsToHalf((ushort)bits);
            for (int scale = 0; scale < 64; scale++)
            {
                // 11 + 6 + 4 bits fit in binary64 with room to spare, so the right side is the exact product. -d only flips the sign.
                float product = d * scale;
                bool exact = product == (double)d * scale;
                for (int nibble = 1; nibble < 16; nibble += 2)
                {
                    exact &= product * nibble == (double)d * scale * nibble;
                }

                Assert.True(exact, $"d 0x{bits:x4}, scale {scale}");
            }
        }
    }

    [Fact]
    public void Each_weight_is_that_of_its_own_nibble_scale_and_minimum()
    {
        // d = 1, dmin = 1: the weight is the integer sc * q - m, worked out here from the numbers that were put in.
        byte[] block = new byte[Q4KLayout.BlockBytes];
        Q4KBlockBuilder.SetD(block, Half.One);
        Q4KBlockBuilder.SetDMin(block, Half.One);
        for (int s = 0; s < 8; s++)
        {
            Q4KBlockBuilder.SetScale(block, s, 63 - (7 * s));
            Q4KBlockBuilder.SetMinimum(block, s, 5 + (8 * s));
        }

        for (int i = 0; i < 256; i++)
        {
            Q4KBlockBuilder.SetNibble(block, i, i * 7 % 16);
        }

        float[] weights = new float[256];
        Q4KDecoder.Decode(block, weights);
        Assert.Equal(Enumerable.Range(0, 256).Select(i => (float)(((63 - (7 * (i / 32))) * (i * 7 % 16)) - (5 + (8 * (i / 32))))), weights);
    }

    [Fact]
    public void An_infinite_scale_follows_ieee_754()
    {
        byte[] block = new byte[Q4KLayout.BlockBytes];
        Q4KBlockBuilder.SetD(block, Half.PositiveInfinity);
        Q4KBlockBuilder.SetScale(block, 1, 1);
        Q4KBlockBuilder.SetNibble(block, 32, 1);
        float[] weights = new float[256];
        Q4KDecoder.Decode(block, weights);

        // Sub-block 0: infinity * 0 is NaN. Sub-block 1: infinity * 1 for the weight with nibble 1, infinity * 0 for the next.
        Assert.Equal([float.NaN, float.PositiveInfinity, float.NaN], [weights[0], weights[32], weights[33]]);
    }

    [Fact]
    public void Blocks_decode_independently_of_their_neighbours()
    {
        byte[] two = [.. BlockBytes.Arbitrary(7), .. BlockBytes.Arbitrary(8)];
        float[] together = new float[512];
        float[] apart = new float[512];
        Q4KDecoder.Decode(two, together);
        Q4KDecoder.Decode(two.AsSpan(0, 144), apart.AsSpan(0, 256));
        Q4KDecoder.Decode(two.AsSpan(144), apart.AsSpan(256));
        Assert.Equal(apart.Select(BitConverter.SingleToUInt32Bits), together.Select(BitConverter.SingleToUInt32Bits));
    }

    [Theory]
    [InlineData(143, 256)]
    [InlineData(144, 255)]
    [InlineData(144, 257)]
    [InlineData(288, 256)]
    [InlineData(0, 1)]
    public void Lengths_that_do_not_belong_together_are_refused(int blockBytes, int weights)
    {
        byte[] blocks = new byte[blockBytes];
        float[] destination = new float[weights];
        Assert.Throws<ArgumentException>(() => Q4KDecoder.Decode(blocks, destination));
    }
}

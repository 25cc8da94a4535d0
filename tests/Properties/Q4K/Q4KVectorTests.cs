using Spanker.Conformance.Reference;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Q4K;

/// <summary>The reference codec against GGML's own output.</summary>
public sealed class Q4KVectorTests
{
    [Fact]
    public void Every_decode_record_equals_ggmls_bit_for_bit()
    {
        float[] actual = new float[Q4KLayout.BlockWeights];
        for (int record = 0; record < GoldenVectors.DecodeRecords; record++)
        {
            float[] expected = GoldenVectors.DecodedWeights(record);
            Q4KDecoder.Decode(GoldenVectors.DecodeBlock(record), actual);
            for (int i = 0; i < actual.Length; i++)
            {
                Assert.True(
                    SameBits(expected[i], actual[i]),
                    $"record {record}, weight {i}: expected {Bits(expected[i])}, actual {Bits(actual[i])}");
            }
        }
    }

    [Fact]
    public void Every_normative_quantize_record_equals_ggmls_byte_for_byte()
    {
        byte[] actual = new byte[Q4KLayout.BlockBytes];
        for (int record = 0; record < GoldenVectors.NormativeQuantizeRecords; record++)
        {
            Q4KEncoder.Encode(GoldenVectors.QuantizeInput(record), actual);
            int first = GoldenVectors.QuantizedBlock(record).CommonPrefixLength(actual);
            Assert.True(first == Q4KLayout.BlockBytes, $"record {record}: first wrong byte {first}");
        }
    }

    [Fact]
    public void An_infinite_or_NaN_input_is_encoded_without_an_exception()
    {
        byte[] first = new byte[Q4KLayout.BlockBytes];
        byte[] second = new byte[Q4KLayout.BlockBytes];
        Array.Fill(second, (byte)0xa5);
        for (int record = GoldenVectors.NormativeQuantizeRecords; record < GoldenVectors.QuantizeRecords; record++)
        {
            float[] input = GoldenVectors.QuantizeInput(record);
            Q4KEncoder.Encode(input, first);
            Q4KEncoder.Encode(input, second);

            // Every byte is written, whatever lay there before.
            Assert.Equal(first, second);
        }
    }

    [Fact]
    public void The_decode_records_reach_what_their_description_promises()
    {
        bool subnormal = false, infinite = false, notANumber = false, zero = false, negativeZero = false;
        for (int record = 0; record < GoldenVectors.DecodeRecords; record++)
        {
            Half d = new Q4KBlock(GoldenVectors.DecodeBlock(record)).D;
            subnormal |= Half.IsSubnormal(d);
            infinite |= Half.IsInfinity(d);
            notANumber |= Half.IsNaN(d);
            zero |= d == Half.Zero;
            negativeZero |= GoldenVectors.DecodedWeights(record).Any(w => w == 0f && float.IsNegative(w));
        }

        Assert.True(
            subnormal && infinite && notANumber && zero && negativeZero,
            $"subnormal {subnormal}, infinite {infinite}, NaN {notANumber}, zero {zero}, -0 {negativeZero}");
    }

    private static bool SameBits(float expected, float actual) =>
        float.IsNaN(expected) ? float.IsNaN(actual) : BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(actual);

    private static string Bits(float value) => $"{value:R} (0x{BitConverter.SingleToUInt32Bits(value):x8})";
}

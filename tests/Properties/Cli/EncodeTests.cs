using System.Buffers.Binary;
using Spanker.Conformance.Tests.Properties.Q4K;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Cli;

/// <summary><c>encode</c>, held to blocks that GGML's reference quantizer made.</summary>
public sealed class EncodeTests : IDisposable
{
    private const int BlockBytes = 144;
    private const int ValueBytes = 1024;

    private readonly ToolRun tool = new();

    public void Dispose() => tool.Dispose();

    [Fact]
    public void Every_normative_record_that_ggml_quantized_is_written_byte_for_byte()
    {
        tool.Write("values", Values(0, GoldenVectors.NormativeQuantizeRecords));

        int code = tool.Invoke("encode", "--raw", "@values", "--out", "@blocks");

        Assert.Equal((0, string.Empty), (code, tool.Error));
        byte[] written = tool.Read("blocks");
        Assert.Equal(GoldenVectors.NormativeQuantizeRecords * BlockBytes, written.Length);
        for (int record = 0; record < GoldenVectors.NormativeQuantizeRecords; record++)
        {
            int same = GoldenVectors.QuantizedBlock(record).CommonPrefixLength(written.AsSpan(record * BlockBytes, BlockBytes));
            Assert.True(same == BlockBytes, $"record {record}: first wrong byte {same}");
        }
    }

    [Fact]
    public void Infinite_and_NaN_values_are_encoded_with_a_warning_that_says_where()
    {
        byte[] values = new byte[2 * ValueBytes];
        BinaryPrimitives.WriteSingleLittleEndian(values.AsSpan(1024 + 20), float.NaN);
        BinaryPrimitives.WriteSingleLittleEndian(values.AsSpan(1024 + 24), float.NegativeInfinity);
        tool.Write("values", values);

        int code = tool.Invoke("encode", "--raw", "@values", "--out", "@blocks");

        Assert.Equal(0, code);
        Assert.Equal(2 * BlockBytes, tool.Read("blocks").Length);
        Assert.Contains("2 infinite or NaN values, the first at byte 1044", Assert.Single(tool.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_without_values_keeps_its_neighbours_in_place()
    {
        // The last normative record follows 300 empty blocks, so that it lies beyond the blocks that are encoded at a time.
        int last = GoldenVectors.NormativeQuantizeRecords - 1;
        tool.Write("values", [.. new byte[300 * ValueBytes], .. Values(last, 1)]);

        tool.Invoke("encode", "--raw", "@values", "--out", "@blocks");

        Assert.Equal(GoldenVectors.QuantizedBlock(last).ToArray(), tool.Read("blocks")[(300 * BlockBytes)..]);
    }

    private static byte[] Values(int first, int count)
    {
        byte[] bytes = new byte[count * ValueBytes];
        for (int record = 0; record < count; record++)
        {
            float[] input = GoldenVectors.QuantizeInput(first + record);
            for (int i = 0; i < input.Length; i++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan((record * ValueBytes) + (i * sizeof(float))), input[i]);
            }
        }

        return bytes;
    }
}

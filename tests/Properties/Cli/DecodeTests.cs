using System.Buffers.Binary;
using System.Text.Json;
using Spanker.Conformance.Tests.Properties.Q4K;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Cli;

/// <summary><c>decode</c>, held to blocks that GGML decoded.</summary>
public sealed class DecodeTests : IDisposable
{
    private const int BlockBytes = 144;
    private const int WeightBytes = 1024;

    private readonly ToolRun tool = new();

    public void Dispose() => tool.Dispose();

    [Fact]
    public void Every_record_that_ggml_decoded_is_written_bit_for_bit()
    {
        tool.Write("blocks", AllBlocks());

        int code = tool.Invoke("decode", "--raw", "@blocks", "--out", "@weights");

        Assert.Equal(0, code);
        byte[] written = tool.Read("weights");
        Assert.Equal(GoldenVectors.DecodeRecords * WeightBytes, written.Length);
        for (int record = 0; record < GoldenVectors.DecodeRecords; record++)
        {
            float[] expected = GoldenVectors.DecodedWeights(record);
            for (int i = 0; i < expected.Length; i++)
            {
                float actual = BinaryPrimitives.ReadSingleLittleEndian(written.AsSpan((record * WeightBytes) + (i * sizeof(float))));
                bool same = BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual)
                    || (float.IsNaN(expected[i]) && float.IsNaN(actual));
                Assert.True(same, $"record {record}, weight {i}: expected {expected[i]:R}, actual {actual:R}");
            }
        }
    }

    [Fact]
    public void More_blocks_than_are_decoded_at_a_time_are_all_written()
    {
        byte[] once = AllBlocks();
        tool.Write("blocks", [.. once, .. once, .. once]);
        tool.Write("one", once);

        tool.Invoke("decode", "--raw", "@one", "--out", "@expected");
        tool.Invoke("decode", "--raw", "@blocks", "--out", "@weights");

        byte[] expected = tool.Read("expected");
        Assert.Equal([.. expected, .. expected, .. expected], tool.Read("weights"));
    }

    [Fact]
    public void A_block_asked_for_by_number_is_the_one_that_is_written()
    {
        tool.Write("blocks", AllBlocks());

        tool.Invoke("decode", "--raw", "@blocks", "--block", "321", "--blocks", "2", "--out", "@weights");

        byte[] expected = [.. Bytes(GoldenVectors.DecodedWeights(321)), .. Bytes(GoldenVectors.DecodedWeights(322))];
        Assert.Equal(expected, tool.Read("weights"));
    }

    [Fact]
    public void Fields_are_shown_as_the_bytes_say()
    {
        tool.Write("blocks", HandMade());

        int code = tool.Invoke("decode", "--raw", "@blocks");

        Assert.Equal(0, code);
        Assert.Contains("block 0: d = 0.5 (0x3800), dmin = 2 (0x4000)", tool.Output, StringComparison.Ordinal);
        Assert.Contains("sub-block 0: scale 3, minimum 5, weights 0 to 31", tool.Output, StringComparison.Ordinal);

        // 0.5 * 3 * 7 - 2 * 5 and 0.5 * 3 * 0 - 2 * 5.
        Assert.Matches("\n +0.5( +-10){7}\r?\n", tool.Output);
    }

    [Fact]
    public void Sixteen_blocks_are_shown_unless_more_are_asked_for()
    {
        tool.Write("blocks", AllBlocks());

        tool.Invoke("decode", "--raw", "@blocks");
        int ordinarily = Titles();
        tool.Invoke("decode", "--raw", "@blocks", "--blocks", "all");

        Assert.Equal((16, GoldenVectors.DecodeRecords), (ordinarily, Titles()));
    }

    [Fact]
    public void Json_holds_bits_beside_numbers()
    {
        tool.Write("blocks", HandMade());

        tool.Invoke("decode", "--raw", "@blocks", "--json");

        using JsonDocument document = JsonDocument.Parse(tool.Output);
        JsonElement block = document.RootElement.GetProperty("blocks")[0];
        Assert.Equal("3800", block.GetProperty("d").GetProperty("bits").GetString());
        Assert.Equal(2, block.GetProperty("dmin").GetProperty("value").GetDouble());
        Assert.Equal((3, 5, 7), (block.GetProperty("scales")[0].GetInt32(), block.GetProperty("minimums")[0].GetInt32(), block.GetProperty("quants")[0].GetInt32()));
        Assert.Equal((0.5, "3f000000"), (block.GetProperty("weights")[0].GetDouble(), block.GetProperty("weight_bits")[0].GetString()));
        Assert.Equal(256, block.GetProperty("weights").GetArrayLength());
    }

    [Fact]
    public void Json_of_every_record_parses_although_some_weights_are_no_numbers()
    {
        tool.Write("blocks", AllBlocks());

        tool.Invoke("decode", "--raw", "@blocks", "--json", "--blocks", "all");

        using JsonDocument document = JsonDocument.Parse(tool.Output);
        Assert.Equal(GoldenVectors.DecodeRecords, document.RootElement.GetProperty("blocks").GetArrayLength());
        Assert.Contains("\"NaN\"", tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_of_a_gguf_file_is_decoded_as_its_raw_blocks_are()
    {
        // The raw bytes are found by the first block's own d and dmin; tensors are aligned to 32 bytes.
        string sample = RepositoryRoot.File("golden/q4k/sample.gguf");
        byte[] file = File.ReadAllBytes(sample);
        tool.Invoke("decode", "--gguf", sample, "--tensor", "blk.0.attn_q.weight", "--json", "--blocks", "1");
        using JsonDocument document = JsonDocument.Parse(tool.Output);
        JsonElement first = document.RootElement.GetProperty("blocks")[0];
        byte[] start = [.. HalfBytes(first, "d"), .. HalfBytes(first, "dmin")];
        int at = file.AsSpan().IndexOf(start);
        Assert.True(at > 0 && at % 32 == 0, $"the tensor's first bytes are at {at}, which is no aligned place");
        tool.Write("blocks", file.AsSpan(at, 64 * 2 * BlockBytes));

        tool.Invoke("decode", "--gguf", sample, "--tensor", "blk.0.attn_q.weight", "--out", "@tensor");
        tool.Invoke("decode", "--raw", "@blocks", "--out", "@raw");

        Assert.Equal(tool.Read("raw"), tool.Read("tensor"));
    }

    private int Titles() => tool.Output.Split('\n').Count(line => line.StartsWith("block ", StringComparison.Ordinal));

    private static byte[] HalfBytes(JsonElement block, string field)
    {
        byte[] bytes = Convert.FromHexString(block.GetProperty(field).GetProperty("bits").GetString()!);
        Array.Reverse(bytes);
        return bytes;
    }

    private static byte[] AllBlocks()
    {
        byte[] blocks = new byte[GoldenVectors.DecodeRecords * BlockBytes];
        for (int record = 0; record < GoldenVectors.DecodeRecords; record++)
        {
            GoldenVectors.DecodeBlock(record).CopyTo(blocks.AsSpan(record * BlockBytes));
        }

        return blocks;
    }

    // d = 0.5 and dmin = 2; scale 3 and minimum 5 in sub-block 0; 7 in the low nibble of the first byte.
    private static byte[] HandMade()
    {
        byte[] block = new byte[BlockBytes];
        block[1] = 0x38;
        block[3] = 0x40;
        block[4] = 3;
        block[8] = 5;
        block[16] = 7;
        return block;
    }

    private static byte[] Bytes(float[] weights)
    {
        byte[] bytes = new byte[weights.Length * sizeof(float)];
        for (int i = 0; i < weights.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), weights[i]);
        }

        return bytes;
    }
}

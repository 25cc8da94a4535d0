using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Suite.Gguf;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Gguf;

/// <summary>golden/q4k/sample.gguf, which GGML wrote; the expected facts are those of its README and of its hex dump.</summary>
public sealed class GgufSampleTests
{
    private static readonly string Sample = RepositoryRoot.File("golden/q4k/sample.gguf");

    [Fact]
    public void The_samples_directory_lists_its_six_tensors()
    {
        using GgufFile file = GgufFile.Open(Sample);
        string[] expected =
        [
            "'token_embd.weight' (Q4_K 512 x 6) at 0",
            "'blk.0.ffn_up.weight' (Q4_K 512 x 1024) at 1728",
            "'blk.0.ffn_down.weight' (Q6_K 1024 x 32) at 296640",
            "'blk.0.attn_norm.weight' (F32 512) at 323520",
            "'blk.0.attn_q.weight' (Q4_K 512 x 64) at 325568",
            "'output.weight' (Q8_0 512 x 6) at 344000",
        ];
        Assert.Equal(expected, file.Tensors.Select(tensor => $"{tensor} at {tensor.Offset}"));
    }

    [Fact]
    public void The_samples_Q4_K_tensors_are_found_among_the_others()
    {
        using GgufFile file = GgufFile.Open(Sample);
        Assert.Equal(["token_embd.weight", "blk.0.ffn_up.weight", "blk.0.attn_q.weight"], file.Q4KTensors.Select(tensor => tensor.Name));
    }

    [Fact]
    public void The_samples_header_is_of_version_3_with_the_default_alignment()
    {
        using GgufFile file = GgufFile.Open(Sample);
        Assert.Equal((3u, 32ul, 736ul), (file.Header.Version, file.Header.Alignment, file.Header.DataOffset));
    }

    [Fact]
    public void Tensor_data_is_the_files_bytes_where_the_directory_says()
    {
        byte[] bytes = File.ReadAllBytes(Sample);
        using GgufFile file = GgufFile.Open(Sample);
        foreach ((string name, int offset, int length) in new[]
        {
            ("token_embd.weight", 736, 6 * 2 * 144),
            ("blk.0.ffn_up.weight", 736 + 1728, 1024 * 2 * 144),
            ("blk.0.attn_q.weight", 736 + 325568, 64 * 2 * 144),
        })
        {
            OperandView data = file.TensorData(file.Find(name)!);
            Assert.Equal((ulong)length, data.LengthBytes);
            Assert.True(data.Slice(0, length).SequenceEqual(bytes.AsSpan(offset, length)), name);
        }
    }

    /// <summary>
    /// A weak check by itself, since the file carries no decoded weights: GGML quantized ordinary weights, so a view that is off by a
    /// byte would read nibbles as d and show NaN, infinite or absurdly spread scales.
    /// </summary>
    [Fact]
    public void Every_weight_of_the_sample_decodes_to_a_number_of_ordinary_size()
    {
        using GgufFile file = GgufFile.Open(Sample);
        foreach (GgufTensor tensor in file.Q4KTensors)
        {
            OperandView data = file.TensorData(tensor);
            float[] weights = new float[tensor.Elements];
            Q4KDecoder.Decode(data.Slice(0, (int)data.LengthBytes), weights);
            Assert.All(weights, weight => Assert.InRange(weight, -16f, 16f));
            Assert.True(weights.Distinct().Count() > 100, $"{tensor} decodes to few values");
        }
    }

    [Fact]
    public void A_name_that_no_tensor_has_is_not_found()
    {
        using GgufFile file = GgufFile.Open(Sample);
        Assert.Null(file.Find("blk.1.ffn_up.weight"));
    }

    [Fact]
    public void The_data_of_a_tensor_of_another_type_is_refused()
    {
        using GgufFile file = GgufFile.Open(Sample);
        Assert.Throws<ArgumentException>(() => { _ = file.TensorData(file.Find("output.weight")!); });
    }

    [Fact]
    public void The_data_of_another_files_tensor_is_refused()
    {
        using GgufFile file = GgufFile.Open(Sample);
        using GgufFile other = GgufFile.Open(Sample);
        Assert.Throws<ArgumentException>(() => { _ = file.TensorData(other.Q4KTensors[0]); });
    }

    [Fact]
    public void A_closed_file_gives_no_data()
    {
        GgufFile file = GgufFile.Open(Sample);
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => { _ = file.TensorData(file.Q4KTensors[0]); });
    }
}

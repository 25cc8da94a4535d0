using System.Buffers.Binary;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Q4K;

/// <summary>The records that GGML itself decoded and quantized; golden/q4k/README.md says the layout and where they come from.</summary>
internal static class GoldenVectors
{
    public const int DecodeRecords = 1000;
    public const int QuantizeRecords = 500;

    /// <summary>Records from here on have an infinity or a NaN in the input; their bytes bind nobody.</summary>
    public const int NormativeQuantizeRecords = 478;

    private const int WeightBytes = Q4KLayout.BlockWeights * sizeof(float);
    private const int RecordBytes = Q4KLayout.BlockBytes + WeightBytes;

    private static readonly byte[] DecodeBytes = Read("golden/q4k/q4k_decode.bin", DecodeRecords);
    private static readonly byte[] QuantizeBytes = Read("golden/q4k/q4k_quantize.bin", QuantizeRecords);

    public static ReadOnlySpan<byte> DecodeBlock(int record) =>
        DecodeBytes.AsSpan(record * RecordBytes, Q4KLayout.BlockBytes);

    public static float[] DecodedWeights(int record) =>
        Weights(DecodeBytes.AsSpan((record * RecordBytes) + Q4KLayout.BlockBytes, WeightBytes));

    public static float[] QuantizeInput(int record) =>
        Weights(QuantizeBytes.AsSpan(record * RecordBytes, WeightBytes));

    public static ReadOnlySpan<byte> QuantizedBlock(int record) =>
        QuantizeBytes.AsSpan((record * RecordBytes) + WeightBytes, Q4KLayout.BlockBytes);

    private static float[] Weights(ReadOnlySpan<byte> bytes)
    {
        float[] weights = new float[Q4KLayout.BlockWeights];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        }

        return weights;
    }

    private static byte[] Read(string path, int records)
    {
        byte[] bytes = File.ReadAllBytes(RepositoryRoot.File(path));
        Assert.Equal(records * RecordBytes, bytes.Length);
        return bytes;
    }
}

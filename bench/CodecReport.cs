using System.Globalization;
using System.Runtime.InteropServices;
using Spanker.Conformance.Reference;
using Spanker.Conformance.Suite;
using static Spanker.Conformance.Bench.Turns;

namespace Spanker.Conformance.Bench;

/// <summary>Decoding beside a plain C loop, and encoding beside the scalar encoder, in interleaved rounds.</summary>
internal sealed unsafe class CodecReport(TextWriter output)
{
    private const int Rounds = 401;
    private const int EncodeRounds = 41;

    // 144 KiB of blocks lie in the second level of cache; what they are decoded into, 16 KiB at a time, in the first.
    private const int Blocks = 1024;
    private const int BlocksAtOnce = 16;
    private const int LineBytes = 64;

    /// <summary>Measures and prints.</summary>
    public void Run()
    {
        byte[] blocks = new byte[Blocks * Q4KLayout.BlockBytes];
        MatmulShape shape = new(M: 1, N: 1, K: Blocks * Q4KLayout.BlockWeights);
        new GeneratedOperands(DenseFamilies.Quantized, Seed: 1).FillRow(shape, OperandSide.A, 0, blocks);
        // At a cache line, for both: each store of a register would else lie across two.
        float[] buffer = GC.AllocateUninitializedArray<float>((BlocksAtOnce * Q4KLayout.BlockWeights) + (LineBytes / sizeof(float)), pinned: true);
        int start = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(buffer, 0) & (LineBytes - 1)) / sizeof(float);
        Memory<float> weights = buffer.AsMemory(start, BlocksAtOnce * Q4KLayout.BlockWeights);
        float[] all = new float[Blocks * Q4KLayout.BlockWeights];
        Q4KDecoder.Decode(blocks, all);
        nint library = NativeLibrary.Load(BuiltForMeasuring.Here.DecodeLoop);
        var loop = (delegate* unmanaged<byte*, float*, nuint, void>)NativeLibrary.GetExport(library, "q4k_decode");

        void DecodeHere()
        {
            for (int i = 0; i < Blocks; i += BlocksAtOnce)
            {
                Q4KDecoder.Decode(blocks.AsSpan(i * Q4KLayout.BlockBytes, BlocksAtOnce * Q4KLayout.BlockBytes), weights.Span);
            }
        }

        void DecodeByLoop()
        {
            fixed (byte* source = blocks)
            fixed (float* destination = weights.Span)
            {
                for (int i = 0; i < Blocks; i += BlocksAtOnce)
                {
                    loop(source + (i * Q4KLayout.BlockBytes), destination, BlocksAtOnce);
                }
            }
        }

        byte[] encoded = new byte[blocks.Length];
        Row("decode, G weights/s", "C loop", Rounds, DecodeHere, DecodeByLoop, asked: 2.5);
        Row("encode, G weights/s", "scalar", EncodeRounds, () => Q4KEncoder.Encode(all, encoded), () => Q4KEncoder.Encode(EncodePath.Scalar, all, encoded), asked: 2);
    }

    private void Row(string name, string peer, int rounds, Action here, Action there, double asked)
    {
        List<double> ours = [];
        List<double> theirs = [];
        for (int round = -rounds / 4; round < rounds; round++)
        {
            double first = Seconds(here);
            double second = Seconds(there);
            if (round >= 0)
            {
                ours.Add(first);
                theirs.Add(second);
            }
        }

        double ratio = Median(ours.Zip(theirs, (first, second) => second / first));
        double weights = Blocks * Q4KLayout.BlockWeights / 1e9;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {weights / Median(ours):0.000}; {peer} {weights / Median(theirs):0.000}; ratio {ratio:0.00} ({asked:0.0} asked{(ratio >= asked ? string.Empty : ", not met")})"));
    }
}

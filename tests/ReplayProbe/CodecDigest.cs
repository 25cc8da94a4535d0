using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Tests.ReplayProbe;

/// <summary>SHA-256 over what the codec makes of drawn blocks and weights, along the path that this process takes by itself.</summary>
public static class CodecDigest
{
    private const int Blocks = 4096;

    /// <summary>The paths taken: <c>decode=Vector256 encode=Vector256</c>.</summary>
    public static string Paths => $"decode={Q4KDecoder.Fastest} encode={Q4KEncoder.Fastest}";

    /// <summary>Decoded weights of arbitrary blocks, every NaN by its bits, then the blocks that the finite ones among those weights encode to.</summary>
    public static string Of(ulong seed)
    {
        byte[] blocks = new byte[Blocks * Q4KLayout.BlockBytes];
        for (int i = 0; i < blocks.Length; i++)
        {
            blocks[i] = (byte)(Hash(seed, (ulong)i) >> 56);
        }

        float[] weights = new float[Blocks * Q4KLayout.BlockWeights];
        Q4KDecoder.Decode(blocks, weights);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes<float>(weights));
        for (int i = 0; i < weights.Length; i++)
        {
            // Each weight moved a little, so that no sub-block lies on its own grid.
            weights[i] = float.IsFinite(weights[i]) ? weights[i] * (1f + (Hash(seed + 1, (ulong)i) % 1024 / 4096f)) : 0f;
        }

        Q4KEncoder.Encode(weights, blocks);
        hash.AppendData(blocks);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static ulong Hash(ulong seed, ulong counter)
    {
        // Wrapping multiplication is what a hash is made of (SplitMix64's finalizer).
        unchecked
        {
            ulong z = (seed * 0xd1342543de82ef95UL) + ((counter + 1) * 0x9e3779b97f4a7c15UL);
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9UL;
            z = (z ^ (z >> 27)) * 0x94d049bb133111ebUL;
            return z ^ (z >> 31);
        }
    }
}

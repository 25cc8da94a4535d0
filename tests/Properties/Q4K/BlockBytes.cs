using System.Buffers.Binary;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Tests.Properties.Q4K;

/// <summary>Reproducible blocks: the bytes of SplitMix64 at successive counters, so that a test names its data by a number.</summary>
internal static class BlockBytes
{
    /// <summary>A block of hashed bytes; d and dmin may be anything.</summary>
    public static byte[] Arbitrary(ulong seed)
    {
        byte[] block = new byte[Q4KLayout.BlockBytes];
        for (int i = 0; i < block.Length; i += sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(block.AsSpan(i), Hash(seed, (ulong)i));
        }

        return block;
    }

    /// <summary>A block of hashed bytes whose d and dmin are finite: an exponent of all ones loses its lowest bit.</summary>
    public static byte[] Finite(ulong seed)
    {
        byte[] block = Arbitrary(seed);
        foreach (int high in new[] { Q4KLayout.ScaleOffset + 1, Q4KLayout.MinimumOffset + 1 })
        {
            if ((block[high] & 0x7c) == 0x7c)
            {
                block[high] &= 0xfb;
            }
        }

        return block;
    }

    /// <summary>A hash of two numbers (SplitMix64's finalizer over a weighted sum).</summary>
    public static ulong Hash(ulong seed, ulong counter)
    {
        // Wrapping multiplication is what a hash is made of.
        unchecked
        {
            ulong z = (seed * 0xd1342543de82ef95UL) + ((counter + 1) * 0x9e3779b97f4a7c15UL);
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9UL;
            z = (z ^ (z >> 27)) * 0x94d049bb133111ebUL;
            return z ^ (z >> 31);
        }
    }
}

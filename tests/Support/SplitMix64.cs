using System.Buffers.Binary;

namespace Spanker.Conformance.Tests.Support;

/// <summary>
/// Numbers from a counter and a seed: the n-th draw is a fixed hash of seed and n (the finalizer of SplitMix64), so a test's data is
/// the same on every machine and in every run.
/// </summary>
public sealed class SplitMix64
{
    private readonly ulong seed;
    private ulong counter;

    public SplitMix64(ulong seed) => this.seed = seed;

    /// <summary>A stream of its own for one case: seed and index are hashed together, so neighbours have nothing in common.</summary>
    public SplitMix64(ulong seed, ulong index)
        : this(Mix(seed ^ Mix(index)))
    {
    }

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            counter++;
            return Mix(seed + (counter * 0x9E37_79B9_7F4A_7C15));
        }
    }

    /// <summary>The next number of 0 .. limit - 1.</summary>
    public int Below(int limit) => (int)(((UInt128)Next() * (ulong)limit) >> 64);

    /// <summary>True once in so many draws.</summary>
    public bool OneIn(int draws) => Below(draws) == 0;

    /// <summary>Fills a span with random bytes.</summary>
    public void Fill(Span<byte> destination)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        for (int i = 0; i < destination.Length; i += sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, Next());
            word[..Math.Min(sizeof(ulong), destination.Length - i)].CopyTo(destination[i..]);
        }
    }

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9;
            value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EB;
            return value ^ (value >> 31);
        }
    }
}

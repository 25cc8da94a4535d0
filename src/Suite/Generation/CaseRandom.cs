namespace Spanker.Conformance.Suite;

/// <summary>The suite's own random numbers: a counter-based generator whose every value is a pure function of a key and a counter.</summary>
/// <remarks>
/// Value i of key K is mix(K + (i+1)*G) with G = 0x9E3779B97F4A7C15 and the 64-bit finalizer of SplitMix64
/// (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
/// Keys are derived from the run's seed by absorbing words: K' = mix(K ^ mix(word + G)).
/// A token names this generator <see cref="Version"/>; a change to any line below is a new version.
/// </remarks>
public struct CaseRandom
{
    /// <summary>The version that stands in tokens.</summary>
    public const string Version = "g1";

    private const ulong Golden = 0x9E37_79B9_7F4A_7C15;

    private readonly ulong key;
    private ulong counter;

    private CaseRandom(ulong key)
    {
        this.key = key;
        counter = 0;
    }

    /// <summary>A generator whose values depend on <paramref name="seed"/> and every one of <paramref name="words"/>, in order.</summary>
    public static CaseRandom Keyed(ulong seed, params ReadOnlySpan<ulong> words)
    {
        return new CaseRandom(Derive(seed, words));
    }

    /// <summary>A seed derived from another by absorbing words.</summary>
    public static ulong Derive(ulong seed, params ReadOnlySpan<ulong> words)
    {
        // unchecked: modular arithmetic is what a hash is made of.
        unchecked
        {
            ulong state = Mix(seed + Golden);
            foreach (ulong word in words)
            {
                state = Mix(state ^ Mix(word + Golden));
            }

            return state;
        }
    }

    /// <summary>A word for a name: FNV-1a over its UTF-16 units (Fowler, Noll, Vo).</summary>
    public static ulong Word(string name)
    {
        ArgumentNullException.ThrowIfNull(name);

        // unchecked: modular arithmetic is what a hash is made of.
        unchecked
        {
            ulong hash = 0xCBF2_9CE4_8422_2325;
            foreach (char c in name)
            {
                hash = (hash ^ c) * 0x0000_0100_0000_01B3;
            }

            return hash;
        }
    }

    /// <summary>The next 64 bits.</summary>
    public ulong NextUInt64()
    {
        // unchecked: the counter walks the ring of 64-bit integers.
        unchecked
        {
            counter++;
            return Mix(key + (counter * Golden));
        }
    }

    /// <summary>A number from 0 to <paramref name="bound"/> - 1, by the high word of a 128-bit product; its bias is below bound/2^64.</summary>
    public int Next(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        return (int)Math.BigMul(NextUInt64(), (ulong)bound, out _);
    }

    /// <summary>A number from <paramref name="least"/> to <paramref name="greatest"/>, both included.</summary>
    public int Next(int least, int greatest) => least + Next(greatest - least + 1);

    /// <summary>True once in <paramref name="outOf"/> draws.</summary>
    public bool OneIn(int outOf) => Next(outOf) == 0;

    /// <summary>A value near the normal distribution with variance 1: the sum of twelve 32-bit uniforms, centred (Irwin and Hall). Exact arithmetic, so the same bits everywhere.</summary>
    public float NextNormal()
    {
        long sum = 0;
        for (int i = 0; i < 6; i++)
        {
            ulong word = NextUInt64();
            sum += (long)(word >> 32) + (long)(word & 0xFFFF_FFFF);
        }

        return (float)(Math.ScaleB((double)(sum - (6L << 32)), -32));
    }

    private static ulong Mix(ulong z)
    {
        // unchecked: modular arithmetic is what a hash is made of.
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
            z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
            return z ^ (z >> 31);
        }
    }
}

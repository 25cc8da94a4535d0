using System.Runtime.Intrinsics;

namespace Spanker.Conformance.Axi4;

/// <summary>From one bit a byte to eight.</summary>
internal static class LaneMask
{
    /// <summary>The 64-bit mask of word <paramref name="word"/>: 0xff in each byte whose bit of <paramref name="lanes"/> is set.</summary>
    public static ulong OfWord(UInt128 lanes, int word)
    {
        ulong half = word < 8 ? unchecked((ulong)lanes) : unchecked((ulong)(lanes >> 64));
        ulong bits = (half >> (word % 8 * 8)) & 0xff;
        if (bits == 0xff)
        {
            return ulong.MaxValue;
        }

        // Bit n is spread to bit 8n, then each such bit fills its byte.
        ulong spread = unchecked(bits * 0x0101_0101_0101_0101) & 0x8040_2010_0804_0201;
        spread = unchecked((spread + 0x7f7f_7f7f_7f7f_7f7f) | spread) & 0x8080_8080_8080_8080;
        return unchecked((spread >> 7) * 0xff);
    }

    /// <summary>A bit for each byte that has a one.</summary>
    public static UInt128 LanesOf(ReadOnlySpan<ulong> bits, int words)
    {
        UInt128 lanes = 0;
        for (int lane = 0; lane < words * sizeof(ulong); lane++)
        {
            bool isSet = ((bits[lane / 8] >> (lane % 8 * 8)) & 0xff) != 0;
            lanes |= isSet ? UInt128.One << lane : 0;
        }

        return lanes;
    }

    /// <summary>Whether there is an x at all.</summary>
    public static bool HasAnyUnknown(ReadOnlySpan<ulong> unknown, int words) => words == Vector256<ulong>.Count
        ? Vector256.Create(unknown) != Vector256<ulong>.Zero
        : unknown[..words].ContainsAnyExcept(0UL);

    /// <summary>Whether an x is on one of the lanes.</summary>
    public static bool HasUnknown(ReadOnlySpan<ulong> unknown, UInt128 lanes, int words) =>
        HasAnyUnknown(unknown, words) && HasUnknownOn(unknown, lanes, words);

    private static bool HasUnknownOn(ReadOnlySpan<ulong> unknown, UInt128 lanes, int words)
    {
        ulong any = 0;
        for (int word = 0; word < words; word++)
        {
            any |= unknown[word] & OfWord(lanes, word);
        }

        return any != 0;
    }
}

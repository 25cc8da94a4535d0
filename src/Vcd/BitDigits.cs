using System.Buffers.Binary;

namespace Spanker.Conformance.Vcd;

/// <summary>From the digits of a value change to words of bits.</summary>
/// <remarks>
/// Four states take two planes: 0 is (value 0, unknown 0), 1 is (1, 0), x is (0, 1), z is (1, 1). Of the nine states that VHDL simulators dump, L and H are
/// 0 and 1; U, W and - are x.
/// </remarks>
internal static class BitDigits
{
    /// <summary>What <see cref="States"/> holds for a byte that is no digit.</summary>
    public const byte Invalid = 255;

    private const ulong OnesMask = 0xFEFE_FEFE_FEFE_FEFE;
    private const ulong Zeros = 0x3030_3030_3030_3030;
    private const ulong Gather = 0x8040_2010_0804_0201;

    /// <summary>For each byte: bit 0 is the value, bit 1 unknown; or <see cref="Invalid"/>.</summary>
    public static readonly byte[] States = MakeStates();

    /// <summary>
    /// Bit i of the value is the digit i places from the right; bits left of the digits are 0 if the leftmost digit is 0 or 1, and that digit if it is x or z.
    /// False if a byte is no digit.
    /// </summary>
    /// <param name="digits">One digit or more, most significant first, no more than <paramref name="widthBits"/>.</param>
    /// <param name="widthBits">Bits of the value; those above it in the last word become 0.</param>
    /// <param name="value">ceil(width/64) words, least significant first.</param>
    /// <param name="unknown">As many words: 1 where the bit is x or z.</param>
    public static bool TryDecode(ReadOnlySpan<byte> digits, int widthBits, Span<ulong> value, Span<ulong> unknown)
    {
        int right = digits.Length;
        int word = 0;
        for (; right > 0; word++)
        {
            int left = Math.Max(0, right - 64);
            if (!TryDecodeWord(digits[left..right], out value[word], out unknown[word]))
            {
                return false;
            }

            right = left;
        }

        value[word..].Clear();
        unknown[word..].Clear();
        byte first = States[digits[0]];
        if (first > 1)
        {
            Extend(digits.Length, widthBits, unknown);
            if (first == 3)
            {
                Extend(digits.Length, widthBits, value);
            }
        }

        return true;
    }

    private static bool TryDecodeWord(ReadOnlySpan<byte> digits, out ulong value, out ulong unknown)
    {
        value = 0;
        unknown = 0;
        int i = 0;

        // unchecked: a proved kernel. Byte k of eight digits 0 or 1 holds bit b_k at 8k; times 2^(63-9k) it lands at 63-k, and no two products meet.
        unchecked
        {
            for (; i + 8 <= digits.Length; i += 8)
            {
                ulong eight = BinaryPrimitives.ReadUInt64LittleEndian(digits[i..]);
                if ((eight & OnesMask) != Zeros)
                {
                    break;
                }

                value = (value << 8) | (((eight ^ Zeros) * Gather) >> 56);
            }
        }

        for (; i < digits.Length; i++)
        {
            uint state = States[digits[i]];
            if (state == Invalid)
            {
                return false;
            }

            value = (value << 1) | (state & 1);
            unknown = (unknown << 1) | (state >> 1);
        }

        return true;
    }

    /// <summary>Sets bits <paramref name="from"/> to <paramref name="to"/> - 1.</summary>
    private static void Extend(int from, int to, Span<ulong> words)
    {
        for (int bit = from; bit < to;)
        {
            int end = Math.Min(to, (bit | 63) + 1);
            words[bit >> 6] |= (ulong.MaxValue >> (64 - (end - bit))) << (bit & 63);
            bit = end;
        }
    }

    private static byte[] MakeStates()
    {
        byte[] states = new byte[256];
        Array.Fill(states, Invalid);
        Set("0lL"u8, 0);
        Set("1hH"u8, 1);
        Set("xXuUwW-"u8, 2);
        Set("zZ"u8, 3);
        return states;

        void Set(ReadOnlySpan<byte> digits, byte state)
        {
            foreach (byte digit in digits)
            {
                states[digit] = state;
            }
        }
    }
}

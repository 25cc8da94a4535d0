using System.Text;

namespace Spanker.Conformance.Vcd;

/// <summary>From id codes (1 or more of the bytes 33..126) to numbers of nets.</summary>
/// <remarks>
/// Codes of up to three bytes index a table directly, by sum((byte - 32) * 95^i): no digit is 0, so codes of different lengths differ. Simulators count
/// codes up with the first byte fastest, so the part of the table in use is dense. Longer codes of up to eight bytes are hashed as one 64-bit number,
/// and still longer ones, which no simulator writes, as text.
/// </remarks>
internal sealed class IdCodeTable
{
    /// <summary>What is found for a code that was not declared.</summary>
    public const int Unknown = -1;

    /// <summary>Weight of the second and of the third byte in the direct table.</summary>
    public const int Radix = 95;

    private const int DirectBytes = 3;
    private const int HashedBytes = 8;
    private const int CollisionLimit = 1024;
    private const int Overfull = -1;
    private const int DirectSize = Radix * Radix * Radix;

    private int[] direct = [];
    private ulong[] keys = new ulong[64];
    private int[] values = new int[64];
    private int hashed;
    private readonly Dictionary<string, int> texts = new(StringComparer.Ordinal);

    /// <summary>The direct table: net + 1 for each code, 0 where there is none. Shorter than the largest code asked for may be.</summary>
    public int[] Direct => direct;

    /// <summary>The net of a code, or <see cref="Unknown"/>.</summary>
    public int Find(ReadOnlySpan<byte> code)
    {
        if (code.Length <= DirectBytes)
        {
            int index = DirectIndex(code);
            return index < direct.Length ? direct[index] - 1 : Unknown;
        }

        if (code.Length <= HashedBytes)
        {
            int slot = Slot(Pack(code));
            return slot == Overfull ? Unknown : values[slot] - 1;
        }

        Span<char> text = stackalloc char[Math.Min(code.Length, 1024)];
        return code.Length <= text.Length && texts.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text[..Encoding.Latin1.GetChars(code, text)], out int net)
            ? net
            : Unknown;
    }

    /// <summary>Adds a code that is not in the table; false if more codes than are ever met by chance were chosen to collide.</summary>
    public bool TryAdd(ReadOnlySpan<byte> code, int net)
    {
        if (code.Length <= DirectBytes)
        {
            int index = DirectIndex(code);
            if (index >= direct.Length)
            {
                Array.Resize(ref direct, Math.Min(DirectSize, Math.Max(index + 1, Math.Max(1024, direct.Length * 2))));
            }

            direct[index] = net + 1;
        }
        else if (code.Length <= HashedBytes)
        {
            if (hashed * 2 >= keys.Length)
            {
                Grow();
            }

            hashed++;
            return TryInsert(Pack(code), net + 1);
        }
        else
        {
            texts.Add(Encoding.Latin1.GetString(code), net);
        }

        return true;
    }

    private static int DirectIndex(ReadOnlySpan<byte> code)
    {
        int index = 0;
        for (int i = code.Length - 1; i >= 0; i--)
        {
            index = (index * Radix) + code[i] - 32;
        }

        return index;
    }

    private static ulong Pack(ReadOnlySpan<byte> code)
    {
        ulong key = 0;
        foreach (byte b in code)
        {
            key = (key << 8) | b;
        }

        return key;
    }

    /// <summary>Where the key stands, or the free place where it would stand: key 0 is no code.</summary>
    private int Slot(ulong key)
    {
        int mask = keys.Length - 1;
        int slot = Start(key) & mask;
        for (int steps = 0; keys[slot] != 0 && keys[slot] != key; steps++)
        {
            if (steps > CollisionLimit)
            {
                return Overfull;
            }

            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private static int Start(ulong key)
    {
        // unchecked: modular arithmetic is what a hash is made of.
        unchecked
        {
            key = (key ^ (key >> 30)) * 0xBF58_476D_1CE4_E5B9;
            key = (key ^ (key >> 27)) * 0x94D0_49BB_1331_11EB;
            return (int)(key >> 33);
        }
    }

    private bool TryInsert(ulong key, int value)
    {
        int slot = Slot(key);
        if (slot == Overfull)
        {
            return false;
        }

        keys[slot] = key;
        values[slot] = value;
        return true;
    }

    private void Grow()
    {
        (ulong[] oldKeys, int[] oldValues) = (keys, values);
        keys = new ulong[oldKeys.Length * 2];
        values = new int[keys.Length];
        for (int i = 0; i < oldKeys.Length; i++)
        {
            if (oldKeys[i] != 0)
            {
                // Into a table of twice the size, what had a place before has one again but for codes made to collide, and those are then unknown.
                _ = TryInsert(oldKeys[i], oldValues[i]);
            }
        }
    }
}

using System.Runtime.InteropServices;

namespace Spanker.Conformance.Device;

/// <summary>Memory of a card that grows as it is written: contiguous, so that the card computes on it in place. Fresh bytes are zero.</summary>
internal sealed unsafe class CardWindow : IDisposable
{
    /// <summary>The most bytes that a window holds.</summary>
    public const ulong MostBytes = 8UL << 30;

    private const ulong Page = 4096;
    private byte* start;
    private ulong capacity;

    ~CardWindow() => NativeMemory.Free(start);

    /// <summary>The first byte; changes when the window grows.</summary>
    public byte* Start => start;

    /// <summary>Makes room for the first <paramref name="bytes"/> bytes; false beyond the limit.</summary>
    public bool TryReserve(ulong bytes)
    {
        if (bytes <= capacity && start is not null)
        {
            return true;
        }

        if (bytes > MostBytes)
        {
            return false;
        }

        // Whole pages, so that a bus word never lies half inside.
        ulong grown = (Math.Max(bytes, Math.Min(2 * capacity, MostBytes)) + Page - 1) / Page * Page;
        byte* moved = (byte*)NativeMemory.AllocZeroed((nuint)grown);
        Buffer.MemoryCopy(start, moved, grown, capacity);
        NativeMemory.Free(start);
        start = moved;
        capacity = grown;
        return true;
    }

    /// <summary>Reads words; what lies beyond the written part is zero.</summary>
    public void Read(ulong offset, Span<ulong> words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            ulong at = offset + ((ulong)i * sizeof(ulong));
            words[i] = at + sizeof(ulong) <= capacity ? LittleEndian(*(ulong*)(start + at)) : 0;
        }
    }

    /// <summary>Writes the strobed bytes of words; false beyond the limit.</summary>
    public bool TryWrite(ulong offset, ReadOnlySpan<ulong> words, UInt128 strobe)
    {
        if (!TryReserve(offset + ((ulong)words.Length * sizeof(ulong))))
        {
            return false;
        }

        ulong* to = (ulong*)(start + offset);
        for (int i = 0; i < words.Length; i++)
        {
            byte lanes = unchecked((byte)(strobe >> (8 * i)));
            if (lanes == byte.MaxValue)
            {
                to[i] = LittleEndian(words[i]);
                continue;
            }

            for (int lane = 0; lane < 8; lane++)
            {
                if (((lanes >> lane) & 1) != 0)
                {
                    ((byte*)(to + i))[lane] = unchecked((byte)(words[i] >> (8 * lane)));
                }
            }
        }

        return true;
    }

    public void Dispose()
    {
        NativeMemory.Free(start);
        start = null;
        capacity = 0;
        GC.SuppressFinalize(this);
    }

    private static ulong LittleEndian(ulong value) =>
        BitConverter.IsLittleEndian ? value : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value);
}

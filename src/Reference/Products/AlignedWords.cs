using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Spanker.Conformance.Reference;

/// <summary>Words of 32 bits that start at a cache line and don't move, so that no vector load crosses lines.</summary>
internal sealed class AlignedWords
{
    private const int LineBytes = 64;

    private readonly int[] storage;
    private readonly int start;

    /// <summary>So many words, not cleared.</summary>
    public AlignedWords(int length)
    {
        const int Spare = LineBytes / sizeof(int);
        storage = GC.AllocateUninitializedArray<int>(length + Spare, pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(storage, 0);
        start = (int)((LineBytes - (address % LineBytes)) % LineBytes) / sizeof(int);
        Length = length;
    }

    /// <summary>How many.</summary>
    public int Length { get; }

    /// <summary>The words.</summary>
    public Span<int> Span => storage.AsSpan(start, Length);

    /// <summary>The first word.</summary>
    public ref int First => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(storage), start);
}

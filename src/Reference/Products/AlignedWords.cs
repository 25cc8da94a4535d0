using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Spanker.Conformance.Reference;

/// <summary>Words of 32 bits that start at a cache line and don't move, so that no vector load crosses lines.</summary>
/// <remarks>Up to 4 MiB they are rented, since a small product would spend more on fresh pages than on packing.</remarks>
internal sealed class AlignedWords : IDisposable
{
    private const int LineBytes = 64;
    private const int MostRented = 1 << 20;

    private readonly int start;
    private readonly bool isRented;
    private int[] storage;
    private GCHandle pin;

    /// <summary>So many words, not cleared.</summary>
    public AlignedWords(int length)
    {
        const int Spare = LineBytes / sizeof(int);
        isRented = length + Spare <= MostRented;
        if (isRented)
        {
            storage = ArrayPool<int>.Shared.Rent(length + Spare);
            pin = GCHandle.Alloc(storage, GCHandleType.Pinned);
        }
        else
        {
            storage = GC.AllocateUninitializedArray<int>(length + Spare, pinned: true);
        }

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

    /// <summary>Gives the words back.</summary>
    public void Dispose()
    {
        if (isRented && pin.IsAllocated)
        {
            pin.Free();
            ArrayPool<int>.Shared.Return(storage);
        }

        storage = [];
    }
}

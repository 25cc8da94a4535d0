using System.Runtime.InteropServices;

namespace Spanker.Conformance.Device;

/// <summary>The memory that a runner and one worker share: an anonymous file (memfd), which vanishes with the processes that hold it.</summary>
/// <remarks>
/// <code>
/// | control block | slot 0 | slot 1 | ...       the file, and how the runner sees it, slot by slot
///  slot, in the worker: | 16 MiB inaccessible | capacity bytes | 16 MiB inaccessible |
/// </code>
/// Slots of operands are read-only in the worker. Two sets of six small slots (A, B, OUT, each twice) serve almost every case; two sets of
/// four (A, B, OUT twice) are laid out when a case needs more room.
/// </remarks>
internal sealed unsafe class SharedArena : IDisposable
{
    public const ulong SmallCapacity = 128 << 10;
    private const ulong PageBytes = 4096;

    private readonly nint[] mapped = new nint[WorkerControl.MostSlots];
    private ulong fileBytes;
    private int descriptor;
    private WorkerControl* control;

    public SharedArena()
    {
        descriptor = Check(LinuxCalls.MemfdCreate("spanker-arena", LinuxCalls.MemfdCloseOnExec), "memfd_create");
        fileBytes = RoundUp((ulong)sizeof(WorkerControl));
        try
        {
            LayOut();
        }
        catch (IOException)
        {
            Dispose();
            throw;
        }
    }

    private void LayOut()
    {
        Check(LinuxCalls.Truncate(descriptor, (long)fileBytes), "ftruncate");
        control = (WorkerControl*)MapFile(0, fileBytes);
        control->Protocol = WorkerControl.CurrentProtocol;
        control->ControlBytes = (uint)sizeof(WorkerControl);
        control->Sequence = 1; // The worker answers it when the library is loaded.
        for (int slot = 0; slot < ArenaSet.SmallSlots; slot++)
        {
            Extend(slot, SmallCapacity, isWritable: ArenaSet.IsWritable(slot));
        }
    }

    /// <summary>The file.</summary>
    public int Descriptor => descriptor;

    /// <summary>The control block.</summary>
    public WorkerControl* Control
    {
        get
        {
            ObjectDisposedException.ThrowIf(control is null, this);
            return control;
        }
    }

    /// <summary>Bytes that the file may take.</summary>
    public ulong FileBytes => fileBytes;

    /// <summary>A slot as this process sees it.</summary>
    public byte* Start(int slot) => (byte*)mapped[slot];

    /// <summary>The room of a slot in bytes; 0 if it was never laid out.</summary>
    public ulong Capacity(int slot) => Control->Slots[slot].Capacity;

    /// <summary>Gives a slot more room, at a new place. Returns whether it had less; then the worker must map it.</summary>
    public bool Extend(int slot, ulong capacity, bool isWritable)
    {
        if (Capacity(slot) >= capacity)
        {
            return false;
        }

        ref ArenaSlot changed = ref Control->Slots[slot];
        if (changed.Capacity > 0)
        {
            _ = LinuxCalls.Unmap(mapped[slot], (nuint)changed.Capacity);
            _ = LinuxCalls.Allocate(descriptor, LinuxCalls.PunchHoleKeepSize, (long)changed.FileOffset, (long)changed.Capacity);
            changed.Capacity = 0;
        }

        capacity = RoundUp(capacity);
        Check(LinuxCalls.Truncate(descriptor, checked((long)(fileBytes + capacity))), "ftruncate");
        mapped[slot] = MapFile(fileBytes, capacity);
        changed.FileOffset = fileBytes;
        changed.IsWritable = isWritable ? 1UL : 0;
        changed.Address = 0;
        changed.Capacity = capacity;
        fileBytes += capacity;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (descriptor < 0)
        {
            return;
        }

        for (int slot = 0; slot < mapped.Length; slot++)
        {
            if (mapped[slot] != 0)
            {
                _ = LinuxCalls.Unmap(mapped[slot], (nuint)control->Slots[slot].Capacity);
            }
        }

        if (control is not null)
        {
            _ = LinuxCalls.Unmap((nint)control, (nuint)RoundUp((ulong)sizeof(WorkerControl)));
            control = null;
        }

        _ = LinuxCalls.Close(descriptor);
        descriptor = -1;
    }

    private static ulong RoundUp(ulong bytes) => (bytes + PageBytes - 1) / PageBytes * PageBytes;

    private static int Check(int returned, string call) =>
        returned >= 0 ? returned : throw new IOException($"the memory shared with the worker is not to be had: {call}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    private nint MapFile(ulong offset, ulong lengthBytes)
    {
        nint address = LinuxCalls.Map(0, (nuint)lengthBytes, LinuxCalls.ProtReadWrite, LinuxCalls.MapShared, descriptor, (long)offset);
        return address != -1 ? address : throw new IOException($"mmap of {lengthBytes} bytes: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
    }
}

/// <summary>The slots that one call's buffers take, and its twin's.</summary>
/// <param name="Index">0 and 1 are small, 2 and 3 large.</param>
internal readonly record struct ArenaSet(int Index)
{
    public const int Count = 4;
    public const int SmallSlots = 12;

    public bool IsSmall => Index < 2;

    public int A => First;

    public int TwinA => IsSmall ? First + 1 : First;

    public int B => IsSmall ? First + 2 : First + 1;

    public int TwinB => IsSmall ? First + 3 : First + 1;

    public int Output => IsSmall ? First + 4 : First + 2;

    public int TwinOutput => IsSmall ? First + 5 : First + 3;

    private int First => IsSmall ? Index * 6 : SmallSlots + ((Index - 2) * 4);

    /// <summary>Whether a library may write to a small slot.</summary>
    public static bool IsWritable(int smallSlot) => smallSlot % 6 >= 4;
}

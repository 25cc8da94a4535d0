namespace Spanker.Conformance.Device;

/// <summary>A faulting address in words: what lies there, and what the library did to it.</summary>
internal static class FaultPlace
{
    private const ulong GuardBytes = 16 << 20; // GUARD_BYTES of native/worker/control.h
    private const ulong NullBytes = 1 << 16;
    private const uint Segv = 11;
    private const uint Bus = 7;

    /// <summary>The incident of a worker that ended by itself.</summary>
    public static Incident Describe(WorkerProcess process, in WorkerControl control)
    {
        string function = NameOf(control.Stage);
        if (control.FaultSignal is Segv or Bus)
        {
            string signal = WorkerProcess.NameOf(control.FaultSignal);
            string? place = control.Stage switch
            {
                WorkerStage.Call => FindInCall(control, 0),
                WorkerStage.Twin => FindInCall(control, 1),
                _ => null,
            };
            if (place is not null)
            {
                return new Incident(IncidentKind.StrayAccess, $"{function} {place} ({signal})", EndsCase: true);
            }

            (IncidentKind kind, string where) = FindOutside(control);
            return new Incident(KindAtLimit(kind, control), $"{function} {Verb(control)} {where} ({signal}){AtLimit(control)}", EndsCase: true);
        }

        return new Incident(KindAtLimit(IncidentKind.NoAnswer, control), $"{function} {process.DescribeEnd()}{AtLimit(control)}", EndsCase: true);
    }

    /// <summary>The function that was under way.</summary>
    public static string NameOf(WorkerStage stage) => stage switch
    {
        WorkerStage.Load => "loading the library",
        WorkerStage.Describe => "spanker_device_describe",
        WorkerStage.Open => "spanker_device_open",
        WorkerStage.Call or WorkerStage.Twin or WorkerStage.Threads => "spanker_device_matmul_q4_k",
        WorkerStage.Close => "spanker_device_close",
        WorkerStage.Collective => "a collective",
        _ => "the library, outside any call,",
    };

    // A library that ends because it took all memory is reported for what it took.
    private static IncidentKind KindAtLimit(IncidentKind kind, in WorkerControl control) =>
        control.AtMemoryLimit != 0 && kind == IncidentKind.NoAnswer ? IncidentKind.ProcessChanged : kind;

    private static string AtLimit(in WorkerControl control) => control.AtMemoryLimit != 0 ? ", having reached its memory limit" : string.Empty;

    private static string Verb(in WorkerControl control) => control.FaultAccess switch
    {
        1 => "read",
        2 => "wrote to",
        _ => "touched",
    };

    private static string? FindInCall(in WorkerControl control, int which) =>
        Find(control, "A", control.A[which], control.ABytes)
        ?? Find(control, "B", control.B[which], control.BBytes)
        ?? Find(control, "OUT", control.Output[which], control.OutputBytes);

    private static string? Find(in WorkerControl control, string name, ArenaPlace place, ulong lengthBytes)
    {
        ArenaSlot slot = control.Slots[(int)place.Slot];
        ulong address = control.FaultAddress;
        if (address < slot.Address - GuardBytes || address >= slot.Address + slot.Capacity + GuardBytes)
        {
            return null;
        }

        string verb = control.FaultAccess switch
        {
            1 => "read",
            2 => "wrote",
            _ => "touched",
        };
        ulong start = slot.Address + place.Offset;
        return address < start
            ? $"{verb} {Bytes(start - address)} before the start of {name}"
            : address >= start + lengthBytes
                ? $"{verb} {Bytes(address - start - lengthBytes + 1)} past the end of {name}"
                : $"{(verb == "wrote" ? "wrote to" : verb)} byte {address - start} of {name}";
    }

    private static (IncidentKind Kind, string Where) FindOutside(in WorkerControl control)
    {
        if (control.FaultAddress < NullBytes)
        {
            return (IncidentKind.NoAnswer, control.FaultAddress == 0 ? "a null pointer" : $"{Bytes(control.FaultAddress)} behind a null pointer");
        }

        foreach (ArenaSlot slot in control.Slots)
        {
            if (slot.Capacity > 0 && control.FaultAddress >= slot.Address - GuardBytes && control.FaultAddress < slot.Address + slot.Capacity + GuardBytes)
            {
                return (IncidentKind.StrayAccess, "memory around the buffers");
            }
        }

        return (IncidentKind.NoAnswer, "an address outside every buffer");
    }

    private static string Bytes(ulong count) => count == 1 ? "1 byte" : $"{count} bytes";
}

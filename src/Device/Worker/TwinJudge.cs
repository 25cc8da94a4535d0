using System.Globalization;

namespace Spanker.Conformance.Device;

/// <summary>Compares a call with its twin, and finds out why they differ.</summary>
/// <remarks>
/// A difference has three possible causes, told apart by the same calls in fresh processes, a process each: the first call's
/// surroundings again (1), the twin's surroundings (2), the first call's once more (3). 1 and 3 differ: the device is not deterministic. 1 and 2 differ:
/// the surroundings were read. None differ: the twin was changed by the call before it, though on a device of its own, if that shows once more; else by chance.
/// </remarks>
internal static class TwinJudge
{
    /// <summary>The incident that a difference is, or null.</summary>
    public static Incident? Compare(
        WorkerDevice device, LibDeviceSource source, TimeSpan limit, in MatmulCall call, ArenaMemory memory, ArenaMemory twin)
    {
        if (twin.Output.FindDamage() is long damage)
        {
            string side = damage < 0
                ? string.Create(CultureInfo.InvariantCulture, $"{-damage} bytes before the start")
                : string.Create(CultureInfo.InvariantCulture, $"{damage - (long)call.Output.LengthBytes + 1} bytes past the end");
            return new Incident(IncidentKind.StrayAccess, $"wrote {side} of OUT");
        }

        if (!device.Description.IsDeterministic)
        {
            return null;
        }

        string? difference = Difference(device.ErrorOfCall, device.TwinError, memory, twin);
        if (difference is null)
        {
            return null;
        }

        // Three processes a case would make a device that always strays slow to judge; what was found out a few times is taken to hold on.
        Incident incident = source.SettledCause is IncidentKind settled ? Word(settled, difference) : Explain(source, limit, call, memory, difference);
        source.NoteCause(incident.Kind);
        return incident;
    }

    private static Incident Explain(LibDeviceSource source, TimeSpan limit, in MatmulCall call, ArenaMemory memory, string difference)
    {
        try
        {
            using FreshCall first = new(source, limit, call, memory, isTwin: false);
            using FreshCall other = new(source, limit, call, memory, isTwin: true);
            using FreshCall again = new(source, limit, call, memory, isTwin: false);
            if (Difference(first.Error, again.Error, first.Memory, again.Memory) is string apart)
            {
                return Word(IncidentKind.Nondeterminism, apart);
            }

            if (Difference(first.Error, other.Error, first.Memory, other.Memory) is string stray)
            {
                return Word(IncidentKind.StrayAccess, stray);
            }

            // What depends on the call before does so again; what came by chance mostly does not.
            return first.CallOnceMoreOnAnotherDevice() is string depends
                ? Word(IncidentKind.Dependence, depends)
                : new Incident(IncidentKind.Nondeterminism, $"the same call on two freshly opened devices, once of two times: {difference}");
        }
        catch (DeviceLostException lost)
        {
            // The same call, alone in a process of its own; this device goes on.
            return lost.Incident with { EndsCase = false };
        }
    }

    private static Incident Word(IncidentKind kind, string difference) => kind switch
    {
        IncidentKind.Nondeterminism => new Incident(kind, $"the same call in two fresh processes: {difference}"),
        IncidentKind.StrayAccess => new Incident(kind, $"read bytes outside A and B, or OUT before it was written: with other bytes there, {difference}"),
        _ => new Incident(kind, $"the same call on another freshly opened device, after this one: {difference}"),
    };

    private static string? Difference(DeviceError? error, DeviceError? otherError, ArenaMemory memory, ArenaMemory other)
    {
        if (!Equals(error, otherError))
        {
            return $"it answered {error?.ToString() ?? "success"}, then {otherError?.ToString() ?? "success"}";
        }

        if (error is not null)
        {
            return null;
        }

        const int Chunk = 1 << 24;
        for (ulong at = 0; at < memory.Output.LengthBytes; at += Chunk)
        {
            int length = (int)Math.Min(Chunk, memory.Output.LengthBytes - at);
            ReadOnlySpan<byte> x = memory.Output.Slice(at, length);
            ReadOnlySpan<byte> y = other.Output.Slice(at, length);
            for (int i = x.CommonPrefixLength(y); i < length; i++)
            {
                // A byte that neither wrote is another clause's affair.
                bool isUnwritten = x[i] == CallPoison.At(at + (ulong)i) && Filling.NotNumbers.FindChange(y.Slice(i, 1), at + (ulong)i) < 0;
                if (x[i] != y[i] && !isUnwritten)
                {
                    return string.Create(CultureInfo.InvariantCulture, $"element {(at + (ulong)i) / sizeof(float)} of OUT was other bits");
                }
            }
        }

        return null;
    }

    // The same call alone in a process of its own.
    private sealed class FreshCall : IDisposable
    {
        private readonly WorkerDevice device;
        private readonly ulong m;
        private readonly ulong k;
        private readonly ulong n;

        public FreshCall(LibDeviceSource source, TimeSpan limit, in MatmulCall call, ArenaMemory like, bool isTwin)
        {
            (m, k, n) = (call.M, call.K, call.N);
            device = (WorkerDevice)source.Open(limit, inFreshProcess: true);
            try
            {
                (Memory, Error) = Make(call, like, isTwin);
            }
            catch
            {
                device.Dispose();
                throw;
            }
        }

        public ArenaMemory Memory { get; }

        public DeviceError? Error { get; }

        // The same call again, in the same process, on a device that is opened for it; how it differs.
        public string? CallOnceMoreOnAnotherDevice()
        {
            DeviceError? error = device.CallTwin(CallOn(Memory), Memory, out ArenaMemory twin);
            return Difference(Error, error, Memory, twin);
        }

        public void Dispose() => device.Dispose();

        private (ArenaMemory Memory, DeviceError? Error) Make(in MatmulCall call, ArenaMemory like, bool isTwin)
        {
            bool isAtEnd = !isTwin || !like.Set.IsSmall;
            ArenaMemory memory = device.Lay(
                call.A.LengthBytes, call.B.LengthBytes, call.Output.LengthBytes, isAtEnd, isTwin && like.Set.IsSmall ? Filling.NotNumbers : Filling.Noise);
            ArenaMemory.CopyOperands(like, memory);
            if (isTwin)
            {
                memory.OutputBuffer.FillWith(Filling.NotNumbers);
            }
            else
            {
                CallPoison.Fill(memory.Output);
            }

            return (memory, device.CallAlone(CallOn(memory), memory));
        }

        private MatmulCall CallOn(ArenaMemory memory) => new(memory.A.Operand, memory.B.Operand, memory.Output.Output, m, k, n);
    }
}

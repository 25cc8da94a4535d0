using System.Text;

namespace Spanker.Conformance.Device;

/// <summary>A device of a vendor's library in a worker process.</summary>
/// <remarks>
/// The first call of a device is made twice: its own, with the buffers against the ends of their slots and noise around them, and its
/// twin's, on another freshly opened device, with the buffers against the starts and NaN patterns around them and in OUT. Where the two results
/// differ, <see cref="TwinJudge"/> finds out why. Later calls of a script are single, so that what the script is about is not disturbed.
/// </remarks>
internal unsafe class WorkerDevice : IMatmulDevice, IIsolatedDevice
{
    private const ulong RetiredAboveBytes = 64 << 20;

    private readonly LibDeviceSource source;
    private readonly CallLimit limit;
    private readonly List<Incident> incidents = [];
    private readonly bool[] isTaken = new bool[ArenaSet.Count];
    private readonly List<ArenaMemory> reserved = [];
    private bool hadIncidents;
    private bool wasCalled;
    private bool isLost;
    private bool isClosing;
    private bool isDisposed;

    public WorkerDevice(LibDeviceSource source, WorkerProcess process, DeviceDescription description, CallLimit limit)
    {
        this.source = source;
        this.limit = limit;
        Process = process;
        Description = description;
        IsInFreshProcess = process.DevicesServed == 0;
        process.DevicesServed++;
        NoteChanges(process.LoadChanges);
        process.LoadChanges = string.Empty;
        WriteOptions(process.Control, source.Options);
    }

    /// <inheritdoc/>
    public DeviceDescription Description { get; }

    /// <inheritdoc/>
    public bool IsInFreshProcess { get; }

    /// <summary>The process that hosts it.</summary>
    protected WorkerProcess Process { get; }

    /// <summary>The phases of the last call; null where the library does not tell.</summary>
    protected IReadOnlyList<BusPhase>? LastPhases { get; set; } = [];

    /// <summary>Writes a device's options into a request.</summary>
    public static void WriteOptions(WorkerControl* control, string options)
    {
        Span<byte> room = new(control->Options, WorkerControl.OptionBytes);
        int length = Encoding.UTF8.GetBytes(options, room[..^1]);
        room[length..].Clear();
    }

    /// <inheritdoc/>
    public ICallMemory Reserve(ulong aBytes, ulong bBytes, ulong outputBytes) => Lay(aBytes, bBytes, outputBytes, isAtEnd: true, Filling.Noise);

    /// <inheritdoc/>
    public IReadOnlyList<Incident> TakeIncidents()
    {
        Incident[] taken = [.. incidents];
        incidents.Clear();
        return taken;
    }

    /// <inheritdoc/>
    public DeviceError? MatmulQ4K(in MatmulCall call)
    {
        if (Find(call) is not ArenaMemory memory)
        {
            return CallOnCopies(call);
        }

        bool hasTwin = !wasCalled;
        wasCalled = true;
        WriteCall(call, memory);
        ArenaMemory? twin = hasTwin ? LayTwin(memory) : null;
        Process.Control->Flags = hasTwin ? WorkerControl.TwinFlag : 0;
        Ask(WorkerCommand.Call, hasTwin ? 2 * limit.Time : limit.Time);
        RequireOpen();
        DeviceError? error = Process.Control->Answer.ToError();
        LastPhases = Process.Control->Answer.ToPhases();
        if (twin is not null && TwinJudge.Compare(this, source, limit.Declared, call, memory, twin) is Incident incident)
        {
            incidents.Add(incident);
        }

        return error;
    }

    /// <inheritdoc/>
    public DeviceError? MatmulFromThreads(in MatmulCall call, int threads, int rounds, ThreadArrangement arrangement)
    {
        ArenaMemory memory = Find(call) ?? throw new ArgumentException("the call's buffers were not reserved on this device", nameof(call));
        ulong parts = (ulong)threads;
        if (call.M % parts != 0 || !memory.Set.IsSmall)
        {
            throw new ArgumentException($"{call.M} rows on {threads} threads: rows must be a multiple of threads, and buffers at most {SharedArena.SmallCapacity} bytes", nameof(threads));
        }

        WriteCall(call, memory);
        ArenaMemory twin = LayTwin(memory);
        WorkerControl* control = Process.Control;
        control->M = call.M / parts;
        control->ABytes = call.A.LengthBytes / parts;
        control->OutputBytes = call.Output.LengthBytes / parts;
        control->ThreadRule = (ulong)arrangement;
        control->ThreadCount = parts;
        control->Rounds = (ulong)rounds;
        wasCalled = true;
        Ask(WorkerCommand.Threads, limit.Time);
        RequireOpen();
        DeviceError? error = control->Answer.ToError();
        if (control->OddThread == 0)
        {
            return error;
        }

        string answer = error is not null ? $"answered {error}" : $"gave other bits, first at byte {control->OddByte} of its rows' OUT,";
        incidents.Add(new Incident(
            IncidentKind.ThreadsDisagree, $"thread {control->OddThread} of {threads} {answer} than the same call alone, {Describe(arrangement)}"));
        return null;
    }

    /// <inheritdoc/>
    public void BeginClose()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (!isLost && !isClosing)
        {
            isClosing = true;
            Process.Post(WorkerCommand.Close);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isDisposed)
        {
            return;
        }

        if (!isLost)
        {
            try
            {
                BeginClose();
                isDisposed = true;
                Take(Process.Await(limit.Time));
            }
            catch (DeviceLostException)
            {
                // Among the incidents.
            }
        }

        isDisposed = true;
        source.Return(Process, !isLost && !hadIncidents && Process.Arena.FileBytes < RetiredAboveBytes);
    }

    /// <summary>A request whose end other than by an answer is an incident, and ends the case.</summary>
    protected void Ask(WorkerCommand command, TimeSpan within)
    {
        ObjectDisposedException.ThrowIf(isDisposed || isClosing, this);
        Take(isLost ? WorkerReply.Ended : Process.Ask(command, within));
    }

    private void Take(WorkerReply reply)
    {
        if (reply == WorkerReply.Answered)
        {
            if (Process.Control->AtMemoryLimit != 0)
            {
                Note(new Incident(IncidentKind.ProcessChanged, "the call failed, having reached its memory limit"));
            }

            NoteChanges(VendorAbi.ReadText(new ReadOnlySpan<byte>(Process.Control->Changes, 1024)));
            return;
        }

        isLost = true;
        Incident incident;
        if (reply == WorkerReply.Overdue)
        {
            source.NoteHang();
            incident = new Incident(
                IncidentKind.Overdue, $"{FaultPlace.NameOf(Process.Control->Stage)} did not end within {limit.Words}", EndsCase: true);
        }
        else
        {
            incident = FaultPlace.Describe(Process, *Process.Control);
        }

        Note(incident);
        throw new DeviceLostException(incident);
    }

    /// <summary>That the library opened its device; otherwise nothing can be judged.</summary>
    protected void RequireOpen()
    {
        if (VendorAbi.ToError(Process.Control->OpenStatus, Process.Control->OpenError) is DeviceError error)
        {
            throw new DeviceOpenException(source.Spec, error);
        }
    }

    /// <summary>The limit of a call.</summary>
    protected TimeSpan Limit => limit.Time;

    /// <summary>Notes an incident.</summary>
    protected void Note(Incident incident)
    {
        hadIncidents = true;
        incidents.Add(incident);
    }

    /// <summary>Opens the library's device now, and not with the first call.</summary>
    /// <exception cref="DeviceOpenException">It does not open.</exception>
    internal void EnsureOpen()
    {
        try
        {
            Ask(WorkerCommand.Open, limit.Time);
        }
        catch (DeviceLostException lost)
        {
            throw new DeviceOpenException(source.Spec, new HostFailure(lost.Incident.Message));
        }

        RequireOpen();
    }

    /// <summary>Buffers of a call in a free set of slots.</summary>
    internal ArenaMemory Lay(ulong aBytes, ulong bBytes, ulong outputBytes, bool isAtEnd, Filling around)
    {
        ulong largest = Math.Max(Math.Max(aBytes, bBytes), outputBytes);
        bool isSmall = largest <= SharedArena.SmallCapacity;
        int index = Array.FindIndex(isTaken, isSmall ? 0 : 2, taken => !taken);
        if (index < 0)
        {
            throw new InvalidOperationException("more than two calls' buffers are reserved on one device");
        }

        ArenaSet set = new(index);
        if (!set.IsSmall)
        {
            MapLarge(set, aBytes, bBytes, outputBytes);
        }

        isTaken[index] = true;
        ArenaMemory memory = new(Process.Arena, set, aBytes, bBytes, outputBytes, isAtEnd, around, Release);
        reserved.Add(memory);
        return memory;
    }

    private static string Describe(ThreadArrangement arrangement) => arrangement switch
    {
        ThreadArrangement.InTurn => "one call at a time",
        ThreadArrangement.DeviceEach => "on a device of its own",
        _ => "all on one device",
    };

    private void Release(ArenaMemory memory)
    {
        if (reserved.Remove(memory))
        {
            isTaken[memory.Set.Index] = false;
        }
    }

    private void MapLarge(ArenaSet set, ulong aBytes, ulong bBytes, ulong outputBytes)
    {
        bool hasGrown = Process.Arena.Extend(set.A, Math.Max(aBytes, 1), isWritable: false);
        hasGrown |= Process.Arena.Extend(set.B, Math.Max(bBytes, 1), isWritable: false);
        hasGrown |= Process.Arena.Extend(set.Output, Math.Max(outputBytes, 1), isWritable: true);
        hasGrown |= Process.Arena.Extend(set.TwinOutput, Math.Max(outputBytes, 1), isWritable: true);
        if (hasGrown)
        {
            Ask(WorkerCommand.Map, limit.Time);
            if (Process.Control->OpenStatus != 0)
            {
                throw new IOException($"the worker cannot map the operands: {Errno.NameOf(Process.Control->OpenStatus)}");
            }
        }
    }

    private ArenaMemory? Find(in MatmulCall call)
    {
        foreach (ArenaMemory memory in reserved)
        {
            if (memory.Holds(call))
            {
                return memory;
            }
        }

        return null;
    }

    // Small operands are copied to slots of their own; large ones are shared with the twin, which then differs in OUT only.
    private ArenaMemory LayTwin(ArenaMemory memory)
    {
        ArenaMemory twin = ArenaMemory.TwinOf(Process.Arena, memory);
        WorkerControl* control = Process.Control;
        control->A[1] = twin.ABuffer.Place;
        control->B[1] = twin.BBuffer.Place;
        control->Output[1] = twin.OutputBuffer.Place;
        return twin;
    }

    private void WriteCall(in MatmulCall call, ArenaMemory memory)
    {
        WorkerControl* control = Process.Control;
        control->M = call.M;
        control->K = call.K;
        control->N = call.N;
        control->ABytes = call.A.LengthBytes;
        control->BBytes = call.B.LengthBytes;
        control->OutputBytes = call.Output.LengthBytes;
        control->A[0] = memory.ABuffer.Place;
        control->B[0] = memory.BBuffer.Place;
        control->Output[0] = memory.OutputBuffer.Place;
    }

    /// <summary>One call without a twin, on buffers that hold what another device's hold: how a difference is looked into.</summary>
    internal DeviceError? CallAlone(in MatmulCall call, ArenaMemory memory)
    {
        wasCalled = true;
        WriteCall(call, memory);
        Process.Control->Flags = 0;
        Ask(WorkerCommand.Call, limit.Time);
        RequireOpen();
        return Process.Control->Answer.ToError();
    }

    /// <summary>The call once more, and then its twin on a device that is opened for it; the twin's answer.</summary>
    internal DeviceError? CallTwin(in MatmulCall call, ArenaMemory memory, out ArenaMemory twin)
    {
        WriteCall(call, memory);
        twin = LayTwin(memory);
        Process.Control->Flags = WorkerControl.TwinFlag;
        Ask(WorkerCommand.Call, 2 * limit.Time);
        RequireOpen();
        return TwinError;
    }

    /// <summary>The answer of the call.</summary>
    internal DeviceError? ErrorOfCall => Process.Control->Answer.ToError();

    /// <summary>The answer of the twin.</summary>
    internal DeviceError? TwinError => Process.Control->TwinAnswer.ToError();

    private DeviceError? CallOnCopies(in MatmulCall call)
    {
        using ArenaMemory memory = Lay(call.A.LengthBytes, call.B.LengthBytes, call.Output.LengthBytes, isAtEnd: true, Filling.Noise);
        Copy(call.A.DangerousGetPointer(), memory.ABuffer.Start, call.A.LengthBytes);
        Copy(call.B.DangerousGetPointer(), memory.BBuffer.Start, call.B.LengthBytes);
        Copy(call.Output.DangerousGetPointer(), memory.OutputBuffer.Start, call.Output.LengthBytes);
        DeviceError? error = MatmulQ4K(new MatmulCall(memory.A.Operand, memory.B.Operand, memory.Output.Output, call.M, call.K, call.N));
        Copy(memory.OutputBuffer.Start, call.Output.DangerousGetPointer(), call.Output.LengthBytes);
        return error;
    }

    private static void Copy(byte* from, byte* to, ulong lengthBytes) => Buffer.MemoryCopy(from, to, lengthBytes, lengthBytes);

    private void NoteChanges(string lines)
    {
        foreach (string line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Process.HasStartedChildren |= line.StartsWith("a child process", StringComparison.Ordinal);
            Note(new Incident(IncidentKind.ProcessChanged, line));
        }
    }
}

/// <summary>The same for a library that tells its phases.</summary>
internal sealed class TracedWorkerDevice(LibDeviceSource source, WorkerProcess process, DeviceDescription description, CallLimit limit)
    : WorkerDevice(source, process, description, limit), ITracedDevice
{
    /// <inheritdoc/>
    public bool TellsPhases => LastPhases is not null;

    /// <inheritdoc/>
    public IReadOnlyList<BusPhase> TakePhases()
    {
        IReadOnlyList<BusPhase> taken = LastPhases ?? [];
        LastPhases = [];
        return taken;
    }
}

using System.Runtime.InteropServices;

namespace Spanker.Conformance.Device;

/// <summary>A device in a worker process that offers collectives too.</summary>
/// <remarks>
/// The buffers are copied into OUT's slot of the arena, one behind the other with a gap of filling between, the last ending at the slot's end,
/// and copied back after the call.
/// </remarks>
internal unsafe class CollectiveWorkerDevice(LibDeviceSource source, WorkerProcess process, DeviceDescription description, CallLimit limit)
    : WorkerDevice(source, process, description, limit), ICollectiveDevice
{
    private const ulong GapBytes = 64;
    private int sails;

    /// <inheritdoc/>
    public Topology Topology { get; private set; } = Topology.FullMesh(0);

    /// <inheritdoc/>
    /// <remarks>The library is asked at the next collective, and its refusal is that call's answer.</remarks>
    public void FormTopology(int sailCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sailCount);
        sails = sailCount;
        Topology = new Topology(sailCount, []);
    }

    /// <inheritdoc/>
    public DeviceError? AllReduce(ReduceOp operation, IReadOnlyList<Memory<float>> buffers)
    {
        ArgumentNullException.ThrowIfNull(buffers);
        return Run(unchecked((uint)operation), buffers, Memory<float>.Empty); // unchecked: any code may be passed
    }

    /// <inheritdoc/>
    public DeviceError? AllGather(IReadOnlyList<ReadOnlyMemory<float>> buffers, Memory<float> gathered)
    {
        ArgumentNullException.ThrowIfNull(buffers);
        return Run(WorkerControl.Gather, [.. buffers.Select(b => MemoryMarshal.AsMemory(b))], gathered);
    }

    private DeviceError? Run(ulong operation, IReadOnlyList<Memory<float>> buffers, Memory<float> gathered)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(buffers.Count, WorkerControl.MostBuffers);
        List<Memory<float>> all = [.. buffers, gathered];
        ulong need = all.Aggregate(0UL, (sum, buffer) => sum + ((ulong)buffer.Length * sizeof(float)) + GapBytes);
        using ArenaMemory memory = Lay(0, 0, need, isAtEnd: true, Filling.Noise);
        memory.OutputBuffer.FillWith(Filling.Noise);
        ulong[] offsets = Place(all, need);
        WorkerControl* control = Process.Control;
        ArenaPlace start = memory.OutputBuffer.Place;
        for (int i = 0; i < buffers.Count; i++)
        {
            control->Buffers[i] = start with { Offset = start.Offset + offsets[i] };
            control->Lengths[i] = (ulong)buffers[i].Length;
        }

        control->Gathered = start with { Offset = start.Offset + offsets[^1] };
        control->GatheredLength = (ulong)gathered.Length;
        control->BufferCount = (ulong)buffers.Count;
        control->Operation = operation;
        control->Sails = (ulong)sails;
        for (int i = 0; i < all.Count; i++)
        {
            MemoryMarshal.AsBytes(all[i].Span).CopyTo(Bytes(memory, offsets[i], all[i]));
        }

        Ask(WorkerCommand.Collective, Limit);
        RequireOpen();
        for (int i = 0; i < all.Count; i++)
        {
            Bytes(memory, offsets[i], all[i]).CopyTo(MemoryMarshal.AsBytes(all[i].Span));
            string name = i < buffers.Count ? $"the buffer of card {i}" : "the gathered buffer";
            ulong gap = offsets[i] - GapBytes;
            if (Filling.Noise.FindChange(memory.Output.Slice(gap, (int)GapBytes), gap) >= 0)
            {
                Note(new Incident(IncidentKind.StrayAccess, $"a collective wrote before the start of {name}"));
            }
        }

        if (memory.Output.FindDamage() is not null)
        {
            Note(new Incident(IncidentKind.StrayAccess, "a collective wrote outside its buffers"));
        }

        return control->Answer.ToError();
    }

    // Offsets in bytes, a gap before each.
    private static ulong[] Place(List<Memory<float>> buffers, ulong need)
    {
        ulong[] offsets = new ulong[buffers.Count];
        ulong end = need;
        for (int i = buffers.Count - 1; i >= 0; i--)
        {
            offsets[i] = end - ((ulong)buffers[i].Length * sizeof(float));
            end = offsets[i] - GapBytes;
        }

        return offsets;
    }

    private static Span<byte> Bytes(ArenaMemory memory, ulong offset, Memory<float> buffer) =>
        memory.Output.Slice(offset, checked(buffer.Length * sizeof(float)));
}

/// <summary>The same for a library that tells its phases.</summary>
internal sealed class TracedCollectiveWorkerDevice(LibDeviceSource source, WorkerProcess process, DeviceDescription description, CallLimit limit)
    : CollectiveWorkerDevice(source, process, description, limit), ITracedDevice
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

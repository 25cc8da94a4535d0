using System.Runtime.InteropServices;

namespace Spanker.Conformance.Device;

/// <summary>A device behind a pipe that offers collectives too. Buffers travel one behind the other.</summary>
internal unsafe class CollectivePipeDevice(PipeDeviceSource source, PipeProcess process, PipeOffer offer, CallLimit limit)
    : PipeDevice(source, process, offer, limit), ICollectiveDevice
{
    private bool isFormed = true;

    /// <inheritdoc/>
    public Topology Topology { get; private set; } = Topology.FullMesh(0);

    /// <inheritdoc/>
    /// <remarks>The program is asked at the next collective, and its refusal is that call's answer.</remarks>
    public void FormTopology(int sailCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sailCount);
        Topology = new Topology(sailCount, []);
        isFormed = false;
    }

    /// <inheritdoc/>
    public DeviceError? AllReduce(ReduceOp operation, IReadOnlyList<Memory<float>> buffers)
    {
        ArgumentNullException.ThrowIfNull(buffers);
        if (Form() is DeviceError refusal)
        {
            return refusal;
        }

        float[] joined = Join([.. buffers.Select(b => (ReadOnlyMemory<float>)b)]);
        float[] reduced = new float[joined.Length];
        PipeRequest request = PipeRequest.Of(PipeCommand.AllReduce, unchecked((uint)operation), (ulong)buffers.Count); // unchecked: any code may be passed
        PipeReply reply = Run(request, [.. buffers.Select(b => (ulong)b.Length)], joined, reduced);
        if (reply.Header.PayloadBytes == 0)
        {
            return reply.Error;
        }

        if (reply.Header.PayloadBytes != (ulong)reduced.Length * sizeof(float))
        {
            throw Refuse("all_reduce", FormattableString.Invariant($"sent {reply.Header.PayloadBytes} bytes, neither none nor all {reduced.Length * sizeof(float)} of the buffers,"));
        }

        ReadOnlySpan<float> rest = reduced;
        foreach (Memory<float> buffer in buffers)
        {
            rest[..buffer.Length].CopyTo(buffer.Span);
            rest = rest[buffer.Length..];
        }

        return reply.Error;
    }

    /// <inheritdoc/>
    public DeviceError? AllGather(IReadOnlyList<ReadOnlyMemory<float>> buffers, Memory<float> gathered)
    {
        ArgumentNullException.ThrowIfNull(buffers);
        if (Form() is DeviceError refusal)
        {
            return refusal;
        }

        float[] room = new float[gathered.Length];
        PipeRequest request = PipeRequest.Of(PipeCommand.AllGather, 0, (ulong)buffers.Count, (ulong)gathered.Length);
        PipeReply reply = Run(request, [.. buffers.Select(b => (ulong)b.Length)], Join(buffers), room);
        int got = (int)reply.Header.PayloadBytes;
        MemoryMarshal.AsBytes(room.AsSpan())[..got].CopyTo(MemoryMarshal.AsBytes(gathered.Span));
        return reply.Error;
    }

    private static float[] Join(IReadOnlyList<ReadOnlyMemory<float>> buffers)
    {
        float[] joined = new float[buffers.Sum(b => b.Length)];
        Span<float> rest = joined;
        foreach (ReadOnlyMemory<float> buffer in buffers)
        {
            buffer.Span.CopyTo(rest);
            rest = rest[buffer.Length..];
        }

        return joined;
    }

    private DeviceError? Form()
    {
        EnsureOpen();
        if (isFormed)
        {
            return null;
        }

        DeviceError? refusal = Ask(PipeRequest.Of(PipeCommand.FormTopology, (ulong)Topology.SailCount)).Error;
        isFormed = refusal is null;
        return refusal;
    }

    private PipeReply Run(in PipeRequest request, ulong[] lengths, float[] elements, float[] results)
    {
        fixed (ulong* table = lengths)
        fixed (float* data = elements)
        fixed (float* room = results)
        {
            return Ask(
                request,
                new ReadOnlyBytes((byte*)table, (ulong)lengths.Length * sizeof(ulong)),
                new ReadOnlyBytes((byte*)data, (ulong)elements.Length * sizeof(float)),
                (byte*)room,
                (ulong)results.Length * sizeof(float));
        }
    }
}

/// <summary>The same for a program that tells its phases.</summary>
internal sealed class TracedCollectivePipeDevice(PipeDeviceSource source, PipeProcess process, PipeOffer offer, CallLimit limit)
    : CollectivePipeDevice(source, process, offer, limit), ITracedDevice
{
    /// <inheritdoc/>
    public IReadOnlyList<BusPhase> TakePhases()
    {
        IReadOnlyList<BusPhase> taken = LastPhases;
        LastPhases = [];
        return taken;
    }
}

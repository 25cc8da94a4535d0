using System.Runtime.InteropServices;

namespace Spanker.Conformance.Device;

/// <summary>A device of a program that speaks the pipe protocol.</summary>
/// <remarks>
/// It is opened by its first call. Operands are copied to the program and OUT's bytes back, so that of the program's memory nothing is seen, and stray
/// writes can only be bytes of OUT that the reply brings and the contract does not allow.
/// </remarks>
internal unsafe class PipeDevice : IMatmulDevice, IIsolatedDevice
{
    private readonly PipeDeviceSource source;
    private readonly PipeProcess process;
    private readonly CallLimit limit;
    private readonly bool hasPhases;
    private readonly List<Incident> incidents = [];
    private bool isOpen;
    private bool isLost;
    private bool isDisposed;

    public PipeDevice(PipeDeviceSource source, PipeProcess process, PipeOffer offer, CallLimit limit)
    {
        this.source = source;
        this.process = process;
        this.limit = limit;
        hasPhases = offer.HasPhases;
        Description = offer.Description;
        IsInFreshProcess = process.DevicesServed == 0;
        process.DevicesServed++;
    }

    /// <inheritdoc/>
    public DeviceDescription Description { get; }

    /// <inheritdoc/>
    public bool IsInFreshProcess { get; }

    /// <summary>Whether the process ends with this device, so that what it still has to say belongs to it.</summary>
    public bool EndsItsProcess { get; init; }

    /// <summary>The phases of the last call.</summary>
    protected IReadOnlyList<BusPhase> LastPhases { get; set; } = [];

    /// <inheritdoc/>
    public ICallMemory Reserve(ulong aBytes, ulong bBytes, ulong outputBytes) => new GuardedMemory(aBytes, bBytes, outputBytes);

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
        EnsureOpen();
        PipeRequest request = PipeRequest.Of(PipeCommand.Matmul, call.M, call.K, call.N, call.Output.LengthBytes);
        PipeReply reply = Ask(
            request, ReadOnlyBytes.Of(call.A), ReadOnlyBytes.Of(call.B), call.Output.DangerousGetPointer(), call.Output.LengthBytes);
        if (hasPhases)
        {
            AskPhases();
        }

        return reply.Error;
    }

    /// <inheritdoc/>
    /// <remarks>A pipe carries one request at a time; the suite does not ask (CONTRACT PROC-3 is not supported here).</remarks>
    public DeviceError? MatmulFromThreads(in MatmulCall call, int threads, int rounds, ThreadArrangement arrangement) =>
        throw new NotSupportedException("a pipe carries one request at a time");

    /// <inheritdoc/>
    /// <remarks>A program is given its next request when its reply was read, and not before.</remarks>
    public void BeginClose()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        if (isOpen && !isLost)
        {
            try
            {
                Ask(PipeRequest.Of(PipeCommand.Close));
            }
            catch (DeviceLostException)
            {
                // Among the incidents.
            }
        }

        if (!isLost && (EndsItsProcess || process.HasUnaskedBytes) && process.SayGoodbye() is Incident incident)
        {
            incidents.Add(incident);
            isLost = true;
        }

        source.Return(process, !isLost && !EndsItsProcess);
    }

    /// <summary>Opens the device, if that was not done yet.</summary>
    /// <exception cref="DeviceOpenException">The program refuses.</exception>
    public void EnsureOpen()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (isOpen)
        {
            return;
        }

        if (Ask(PipeRequest.Of(PipeCommand.Open)).Error is DeviceError error)
        {
            throw new DeviceOpenException(source.Spec, error);
        }

        isOpen = true;
    }

    /// <summary>A request of nothing but a header, answered by nothing but a header and text.</summary>
    protected PipeReply Ask(in PipeRequest request) => Ask(request, default, default, null, 0);

    /// <summary>A request whose end other than by a well-formed reply is an incident, and ends the case.</summary>
    protected PipeReply Ask(in PipeRequest request, ReadOnlyBytes first, ReadOnlyBytes second, byte* payload, ulong payloadBytes)
    {
        Incident? incident = process.Ask(request, first, second, payload, payloadBytes, limit, out PipeReply reply);
        return incident is null ? reply : throw Lose(incident);
    }

    /// <summary>Notes that the reply to <paramref name="command"/> broke the protocol in what only its reader can tell; the process is ended.</summary>
    protected DeviceLostException Refuse(string command, string how)
    {
        process.End();
        return Lose(new Incident(IncidentKind.NoAnswer, $"the program {how} in its reply to {command}", EndsCase: true));
    }

    private DeviceLostException Lose(Incident incident)
    {
        isLost = true;
        incidents.Add(incident);
        if (incident.Kind == IncidentKind.Overdue)
        {
            source.NoteHang();
        }

        return new DeviceLostException(incident);
    }

    private void AskPhases()
    {
        VendorPhase* phases = stackalloc VendorPhase[PipeProtocol.MostPhases];
        ulong room = (ulong)(PipeProtocol.MostPhases * sizeof(VendorPhase));
        PipeReply reply = Ask(PipeRequest.Of(PipeCommand.TakePhases), default, default, (byte*)phases, room);
        ulong got = reply.Header.PayloadBytes;
        if (got % (ulong)sizeof(VendorPhase) != 0)
        {
            throw Refuse("take_phases", FormattableString.Invariant($"sent {got} bytes of phases, of {sizeof(VendorPhase)} bytes each,"));
        }

        LastPhases = [.. MemoryMarshal.Cast<byte, VendorPhase>(new ReadOnlySpan<byte>(phases, (int)got)).ToArray().Select(phase => phase.ToPhase())];
    }
}

/// <summary>The same for a program that tells its phases.</summary>
internal sealed class TracedPipeDevice(PipeDeviceSource source, PipeProcess process, PipeOffer offer, CallLimit limit)
    : PipeDevice(source, process, offer, limit), ITracedDevice
{
    /// <inheritdoc/>
    public IReadOnlyList<BusPhase> TakePhases()
    {
        IReadOnlyList<BusPhase> taken = LastPhases;
        LastPhases = [];
        return taken;
    }
}

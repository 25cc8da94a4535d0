namespace Spanker.Conformance.Device;

/// <summary>Devices of a program that speaks the pipe protocol: <c>exec:COMMAND</c>. Each process serves one device at a time, and then another.</summary>
public sealed class PipeDeviceSource : IIsolatedSource, IDisposable
{
    private static readonly TimeSpan DefaultCallLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    private readonly PipeCommandLine command;
    private readonly WarmProcesses<PipeProcess> processes = new();
    private readonly Lock gate = new();
    private PipeOffer? offered;

    private PipeDeviceSource(string text)
    {
        command = PipeCommandLine.Parse(text);
        Spec = $"exec:{text}";
    }

    /// <inheritdoc/>
    public string Spec { get; }

    /// <summary>Reads a command, what stands behind <c>exec:</c>.</summary>
    /// <exception cref="FormatException">It names no program, or a quotation does not end.</exception>
    public static PipeDeviceSource Parse(string text) => new(text);

    /// <inheritdoc/>
    public IDevice Open()
    {
        PipeDevice device = (PipeDevice)Open(DefaultCallLimit, inFreshProcess: false);
        if (device.IsInFreshProcess)
        {
            return OpenNow(device);
        }

        try
        {
            return OpenNow(device);
        }
        catch (DeviceOpenException)
        {
            // What an earlier device left in the process is not this one's fault.
            return OpenNow((PipeDevice)Open(DefaultCallLimit, inFreshProcess: true));
        }
    }

    private PipeDevice OpenNow(PipeDevice device)
    {
        try
        {
            device.EnsureOpen();
            return device;
        }
        catch (DeviceLostException lost)
        {
            device.Dispose();
            throw Closed(lost.Incident.Message);
        }
        catch (DeviceOpenException)
        {
            device.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IDevice Open(TimeSpan callLimit, bool inFreshProcess)
    {
        PipeProcess process = processes.Take(inFreshProcess, StartProcess);
        PipeOffer offer = offered ?? throw new InvalidOperationException("a process was started without its description");
        CallLimit limit = processes.LimitOf(offer.Description.CallLimit ?? callLimit);
        return (offer.HasPhases, offer.Description.MaxSails > 0) switch
        {
            (false, false) => new PipeDevice(this, process, offer, limit) { EndsItsProcess = inFreshProcess },
            (true, false) => new TracedPipeDevice(this, process, offer, limit) { EndsItsProcess = inFreshProcess },
            (false, true) => new CollectivePipeDevice(this, process, offer, limit) { EndsItsProcess = inFreshProcess },
            _ => new TracedCollectivePipeDevice(this, process, offer, limit) { EndsItsProcess = inFreshProcess },
        };
    }

    /// <inheritdoc/>
    public void Dispose() => processes.Dispose();

    /// <inheritdoc/>
    public void EndIdleProcesses() => processes.EndIdle();

    /// <summary>Takes a process back, or ends it.</summary>
    internal void Return(PipeProcess process, bool isReusable) => processes.Return(process, isReusable);

    /// <summary>Notes a call that ran beyond its limit.</summary>
    internal void NoteHang() => processes.NoteHang();

    private PipeProcess StartProcess()
    {
        if (!LinuxCalls.AreAvailable)
        {
            throw Closed("exec: devices need Linux on x86-64 or arm64");
        }

        string program = command.FindProgram(Environment.GetEnvironmentVariable("PATH"))
            ?? throw Closed(command.WhyThereIsNone());
        PipeProcess process;
        try
        {
            process = new PipeProcess(program, command.Words);
        }
        catch (IOException failure)
        {
            throw Closed($"the program '{program}' does not start: {failure.Message}");
        }

        try
        {
            PipeOffer offer = Greet(process);
            lock (gate)
            {
                offered ??= offer;
                return offered == offer ? process : throw Closed("its description is not what the same program said before");
            }
        }
        catch (DeviceOpenException)
        {
            process.Dispose();
            throw;
        }
    }

    private unsafe PipeOffer Greet(PipeProcess process)
    {
        byte* payload = stackalloc byte[PipeProtocol.MostDescriptionBytes];
        PipeRequest hello = PipeRequest.Of(PipeCommand.Hello, PipeProtocol.Version);
        if (process.Ask(hello, default, default, payload, PipeProtocol.MostDescriptionBytes, CallLimit.Of(LongestStart), out PipeReply reply) is Incident incident)
        {
            throw Closed(incident.Message);
        }

        if (reply.Error is DeviceError refusal)
        {
            throw new DeviceOpenException(Spec, refusal);
        }

        ulong version = reply.Header.Field0;
        if (version >> 16 != PipeProtocol.Major)
        {
            throw Closed(FormattableString.Invariant($"the program speaks version {version >> 16}.{version & 0xFFFF} of the pipe protocol; this host speaks {PipeProtocol.Major}.0"));
        }

        return reply.Header.PayloadBytes >= PipeProtocol.DescriptionBytes
            ? PipeOffer.Read(*(PipeDescription*)payload, Spec, command.Words[0])
            : throw Closed(FormattableString.Invariant($"its description is {reply.Header.PayloadBytes} bytes long; version 1.0 has {PipeProtocol.DescriptionBytes}"));
    }

    private DeviceOpenException Closed(string why) => new(Spec, new HostFailure(why));
}

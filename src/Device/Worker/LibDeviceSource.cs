namespace Spanker.Conformance.Device;

/// <summary>Devices of a vendor's shared library: <c>lib:PATH[?OPTIONS]</c>. Each worker process serves one device at a time, and then another.</summary>
public sealed class LibDeviceSource : IIsolatedSource, IDisposable
{
    /// <summary>The memory that a library may take beside its operands, unless told otherwise: 2 GiB.</summary>
    public const ulong DefaultMemoryLimitBytes = 2UL << 30;

    private const int CausesToSettle = 4;
    private static readonly TimeSpan DefaultCallLimit = TimeSpan.FromSeconds(60);

    private readonly WarmProcesses<WorkerProcess> processes = new();
    private readonly Func<string, string> locate;
    private readonly Lock gate = new();
    private readonly List<IncidentKind> causes = [];
    private (DeviceDescription Description, uint Offers)? described;

    /// <summary>The devices of a library.</summary>
    /// <param name="path">The library.</param>
    /// <param name="options">The text that it is opened with.</param>
    public LibDeviceSource(string path, string options = "")
        : this(options.Length == 0 ? $"lib:{path}" : $"lib:{path}?{options}", _ => path, options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
    }

    /// <summary>The devices of a library that this tool carries, built where the first is opened.</summary>
    /// <param name="spec">The spec that devices are known by.</param>
    /// <param name="library">The library.</param>
    /// <param name="options">The text that it is opened with.</param>
    public LibDeviceSource(string spec, CarriedBinary library, string options)
        : this(spec, (library ?? throw new ArgumentNullException(nameof(library))).Find, options)
    {
    }

    private LibDeviceSource(string spec, Func<string, string> locate, string options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Spec = spec;
        this.locate = locate;
        Options = options;
    }

    /// <summary>The text that a device is opened with.</summary>
    public string Options { get; }

    /// <summary>The memory that a library may take beside its operands, in bytes; 0 for no limit.</summary>
    public ulong MemoryLimitBytes { get; init; } = DefaultMemoryLimitBytes;

    /// <inheritdoc/>
    public string Spec { get; }

    /// <summary>Reads <c>PATH[?OPTIONS]</c>, what stands behind <c>lib:</c>.</summary>
    /// <exception cref="FormatException">There is no such file, or the options are too long.</exception>
    public static LibDeviceSource Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int mark = text.IndexOf('?', StringComparison.Ordinal);
        string path = mark < 0 ? text : text[..mark];
        string options = mark < 0 ? string.Empty : text[(mark + 1)..];
        if (path.Length == 0)
        {
            throw new FormatException("names no library; write lib:PATH or lib:PATH?OPTIONS");
        }

        if (!File.Exists(path))
        {
            throw new FormatException($"there is no file '{path}'; write lib:PATH or lib:PATH?OPTIONS, PATH being a shared library");
        }

        return System.Text.Encoding.UTF8.GetByteCount(options) >= WorkerControl.OptionBytes
            ? throw new FormatException($"options are longer than {WorkerControl.OptionBytes - 1} bytes")
            : new LibDeviceSource(path, options);
    }

    /// <inheritdoc/>
    public IDevice Open()
    {
        WorkerDevice device = (WorkerDevice)Open(DefaultCallLimit, inFreshProcess: false);
        try
        {
            device.EnsureOpen();
            return device;
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
        WorkerProcess process = processes.Take(inFreshProcess, StartProcess);
        try
        {
            (DeviceDescription description, uint offers) = Describe(process, callLimit);
            CallLimit limit = processes.LimitOf(description.CallLimit ?? callLimit);
            bool isTraced = (offers & WorkerControl.OffersPhases) != 0;
            bool hasCollectives = (offers & WorkerControl.OffersCollectives) != 0 && description.MaxSails > 0;
            return (isTraced, hasCollectives) switch
            {
                (false, false) => new WorkerDevice(this, process, description, limit),
                (true, false) => new TracedWorkerDevice(this, process, description, limit),
                (false, true) => new CollectiveWorkerDevice(this, process, description, limit),
                _ => new TracedCollectiveWorkerDevice(this, process, description, limit),
            };
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => processes.Dispose();

    /// <inheritdoc/>
    public void EndIdleProcesses() => processes.EndIdle();

    /// <summary>A process in which nothing was called yet.</summary>
    internal WorkerProcess StartProcess() => WorkerProcess.Start(Spec, Path.GetFullPath(locate(Spec)), MemoryLimitBytes);

    /// <summary>Takes a process back, or ends it.</summary>
    internal void Return(WorkerProcess process, bool isReusable) => processes.Return(process, isReusable);

    /// <summary>Notes a call that ran beyond its limit.</summary>
    internal void NoteHang() => processes.NoteHang();

    /// <summary>Why calls of this library differ from their twins, once that was found out a few times and always was the same; null before.</summary>
    internal IncidentKind? SettledCause
    {
        get
        {
            lock (gate)
            {
                return causes.Count >= CausesToSettle && causes.TrueForAll(c => c == causes[0]) ? causes[0] : null;
            }
        }
    }

    /// <summary>Notes why a call differed from its twin.</summary>
    internal void NoteCause(IncidentKind cause)
    {
        lock (gate)
        {
            if (causes.Count < CausesToSettle)
            {
                causes.Add(cause);
            }
        }
    }

    private (DeviceDescription Description, uint Offers) Describe(WorkerProcess process, TimeSpan limit)
    {
        lock (gate)
        {
            return described ??= Ask(process, limit);
        }
    }

    private unsafe (DeviceDescription Description, uint Offers) Ask(WorkerProcess process, TimeSpan limit)
    {
        WorkerControl* control = process.Control;
        WorkerDevice.WriteOptions(control, Options);
        WorkerReply reply = process.Ask(WorkerCommand.Describe, limit);
        if (reply != WorkerReply.Answered)
        {
            string how = reply == WorkerReply.Overdue ? $"did not end within {limit.TotalSeconds:0.###} s" : process.DescribeEnd();
            throw new DeviceOpenException(Spec, new HostFailure($"spanker_device_describe {how}"));
        }

        return VendorAbi.ToError(control->OpenStatus, control->OpenError) is DeviceError error
            ? throw new DeviceOpenException(Spec, error)
            : (ToDescription(control->Description), control->Offers);
    }

    private DeviceDescription ToDescription(in VendorDescription said) => new SaidDescription
    {
        ArithmeticClass = said.ArithmeticClass,
        SummationOrder = said.SummationOrder,
        Weights = said.Weights,
        NonFinite = said.NonFinite,
        ThreadRule = said.ThreadRule,
        IsDeterministic = said.IsDeterministic,
        MaxSails = said.MaxSails,
        MaxM = said.MaxM,
        MaxN = said.MaxN,
        MaxK = said.MaxK,
        MaxCallMilliseconds = said.MaxCallMilliseconds,
        ProductsPerSecond = said.ProductsPerSecond,
        HasReserved = said.HasReserved,
        Name = said.Name,
        Vendor = said.Vendor,
    }.Understand(Spec, Path.GetFileName(locate(Spec)), WorkerControl.MostBuffers - 1);
}

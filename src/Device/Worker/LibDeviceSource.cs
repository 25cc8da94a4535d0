using System.Collections.Concurrent;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Device;

/// <summary>Devices of a vendor's shared library: <c>lib:PATH[?OPTIONS]</c>. Each worker process serves one device at a time, and then another.</summary>
public sealed class LibDeviceSource : IIsolatedSource, IDisposable
{
    /// <summary>The memory that a library may take beside its operands, unless told otherwise: 2 GiB.</summary>
    public const ulong DefaultMemoryLimitBytes = 2UL << 30;

    private const int MostPatientHangs = 4;
    private const int CausesToSettle = 4;
    private static readonly int MostIdle = Environment.ProcessorCount;
    private static readonly TimeSpan DefaultCallLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ShortestImpatientLimit = TimeSpan.FromSeconds(1);
    private static readonly Lazy<bool> LeavingsEnded = new(EndLeavings);

    private readonly ConcurrentBag<WorkerProcess> idle = [];
    private readonly Lock gate = new();
    private readonly List<IncidentKind> causes = [];
    private (DeviceDescription Description, uint Offers)? described;
    private int hangs;
    private bool isDisposed;

    /// <summary>The devices of a library.</summary>
    /// <param name="path">The library.</param>
    /// <param name="options">The text that it is opened with.</param>
    public LibDeviceSource(string path, string options = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(options);
        Path = path;
        Options = options;
        Spec = options.Length == 0 ? $"lib:{path}" : $"lib:{path}?{options}";
    }

    /// <summary>The library.</summary>
    public string Path { get; }

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
    public IDevice Open() => Open(DefaultCallLimit, inFreshProcess: false);

    /// <inheritdoc/>
    public IDevice Open(TimeSpan callLimit, bool inFreshProcess)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        _ = LeavingsEnded.Value;
        WorkerProcess process = inFreshProcess || !idle.TryTake(out WorkerProcess? kept) ? StartProcess() : kept;
        try
        {
            (DeviceDescription description, uint offers) = Describe(process, callLimit);
            TimeSpan limit = description.CallLimit ?? callLimit;
            if (Volatile.Read(ref hangs) >= MostPatientHangs)
            {
                limit = TimeSpan.FromTicks(Math.Max(Math.Min(limit.Ticks, ShortestImpatientLimit.Ticks), limit.Ticks / 10));
            }

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
    public void Dispose()
    {
        isDisposed = true;
        EndIdleProcesses();
    }

    /// <inheritdoc/>
    public void EndIdleProcesses()
    {
        while (idle.TryTake(out WorkerProcess? process))
        {
            process.Dispose();
        }
    }

    /// <summary>A process in which nothing was called yet.</summary>
    internal WorkerProcess StartProcess() => WorkerProcess.Start(Spec, System.IO.Path.GetFullPath(Path), MemoryLimitBytes);

    /// <summary>Takes a process back, or ends it.</summary>
    internal void Return(WorkerProcess process, bool isReusable)
    {
        if (isReusable && !isDisposed && idle.Count < MostIdle)
        {
            idle.Add(process);
        }
        else
        {
            process.Dispose();
        }
    }

    /// <summary>Notes a call that ran beyond its limit: after a few, the rest is given less time, so that a library that always hangs is judged in bearable time.</summary>
    internal void NoteHang() => Interlocked.Increment(ref hangs);

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

    private static bool EndLeavings()
    {
        WorkerMarker.EndLeavings();
        return true;
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
            throw new DeviceOpenException(Spec, new UnknownDeviceError(0, $"spanker_device_describe {how}"));
        }

        return VendorAbi.ToError(control->OpenStatus, control->OpenError) is DeviceError error
            ? throw new DeviceOpenException(Spec, error)
            : (ToDescription(control->Description), control->Offers);
    }

    private DeviceDescription ToDescription(in VendorDescription said)
    {
        Require(said.ArithmeticClass <= (uint)ArithmeticClass.Q8K, $"arithmetic class {said.ArithmeticClass} is unknown");
        Require(said.SummationOrder <= (uint)SummationOrder.Blocks256, $"summation order {said.SummationOrder} is unknown");
        Require(said.Weights <= (uint)WeightDefinition.RoundedToBinary32, $"weight definition {said.Weights} is unknown");
        Require(said.NonFinite <= (uint)NonFinitePolicy.FiniteOnly, $"non-finite policy {said.NonFinite} is unknown");
        Require(said.ThreadRule <= (uint)ThreadRule.Free, $"thread rule {said.ThreadRule} is unknown");
        Require(said.IsDeterministic <= 1, $"is_deterministic is {said.IsDeterministic}, neither 0 nor 1");
        ArithmeticClass arithmetic = (ArithmeticClass)said.ArithmeticClass;
        WeightDefinition weights = (WeightDefinition)said.Weights;
        Require(arithmetic == ArithmeticClass.F32 || said.SummationOrder == 0, $"class {arithmetic} declares no order of sums, but order is {said.SummationOrder}");
        Require(
            arithmetic == ArithmeticClass.Exact || weights == WeightsOf(arithmetic),
            $"class {arithmetic} means {WeightsOf(arithmetic)} weights, but weights is {said.Weights}");
        return new DeviceDescription
        {
            Name = said.Name.Length > 0 ? said.Name : System.IO.Path.GetFileName(Path),
            Vendor = said.Vendor,
            Class = arithmetic,
            Order = (SummationOrder)said.SummationOrder,
            Weights = weights,
            NonFinite = (NonFinitePolicy)said.NonFinite,
            IsDeterministic = said.IsDeterministic == 1,
            MaxSails = (int)Math.Min(said.MaxSails, WorkerControl.MostBuffers - 1),
            MaxM = Limit(said.MaxM),
            MaxN = Limit(said.MaxN),
            MaxK = Limit(said.MaxK),
            CallLimit = said.MaxCallMilliseconds == 0 ? null : TimeSpan.FromMilliseconds(Math.Min(said.MaxCallMilliseconds, int.MaxValue)),
            ProductsPerSecond = Limit(said.ProductsPerSecond),
            Threads = (ThreadRule)said.ThreadRule,
            IsIsolated = true,
        };
    }

    private static ulong? Limit(ulong said) => said == 0 ? null : said;

    private static WeightDefinition WeightsOf(ArithmeticClass arithmetic) => arithmetic is ArithmeticClass.SubblockInt or ArithmeticClass.Q8K
        ? WeightDefinition.Rational
        : WeightDefinition.RoundedToBinary32;

    private void Require(bool holds, string complaint)
    {
        if (!holds)
        {
            throw new DeviceOpenException(Spec, new UnknownDeviceError(0, $"its description says what this host does not understand: {complaint}"));
        }
    }
}

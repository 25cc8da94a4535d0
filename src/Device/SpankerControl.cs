namespace Spanker.Conformance.Device;

/// <summary>An open control node of the driver (CONTRACT DRV-4 to DRV-6).</summary>
/// <remarks>
/// Any thread may call any member at any time, Dispose included: a call that has begun ends on an open descriptor, one that begins
/// afterwards throws ObjectDisposedException and reaches no descriptor. A call that a signal interrupts is made again, 64 times at most.
/// </remarks>
public sealed class SpankerControl : IDisposable
{
    private readonly ControlHandle handle;

    // SafeHandle lets new calls in after Dispose for as long as an old one is in flight, so threads that keep calling could put
    // off the close for ever. This flag ends that: once it is set, only the calls already begun remain.
    private volatile bool isDisposed;

    private SpankerControl(ISystemCalls calls, string path, ControlHandle handle)
    {
        SystemCalls = calls;
        Path = path;
        this.handle = handle;
    }

    /// <summary>The node.</summary>
    public string Path { get; }

    /// <summary>The system calls through which the node was opened.</summary>
    public ISystemCalls SystemCalls { get; }

    /// <summary>Opens a node and asks for its version. Null is success, and then <paramref name="control"/> is set.</summary>
    /// <param name="calls">The system calls.</param>
    /// <param name="path">The node, such as <see cref="DriverAbi.ControlPath"/>.</param>
    /// <param name="control">The open node; null after an error, and then no descriptor is left open.</param>
    /// <returns>
    /// <see cref="OpenFailed"/>; <see cref="IoctlFailed"/> if the node does not tell its version; <see cref="AbiMismatch"/> if its major is
    /// another than <see cref="AbiVersion.Current"/>'s. Only the major decides: minors differ by what was added, and a request that an
    /// older driver lacks comes back as a typed ENOTTY (CONTRACT DRV-5).
    /// </returns>
    public static DeviceError? TryOpen(ISystemCalls calls, string path, out SpankerControl? control)
    {
        ArgumentNullException.ThrowIfNull(calls);
        ArgumentException.ThrowIfNullOrEmpty(path);
        control = null;
        int answer = ControlHandle.Open(calls, path, out ControlHandle? handle);
        if (handle is null)
        {
            return new OpenFailed(path, -answer);
        }

        SpankerControl opened = new(calls, path, handle);
        DeviceError? error = opened.GetVersion(out AbiVersion version);
        if (error is null && version.Major != AbiVersion.Current.Major)
        {
            error = new AbiMismatch(AbiVersion.Current, version);
        }

        if (error is not null)
        {
            opened.Dispose();
            return error;
        }

        control = opened;
        return null;
    }

    /// <summary>Asks whether the driver answers. Null is success.</summary>
    /// <exception cref="ObjectDisposedException">The node was closed.</exception>
    public DeviceError? Ping()
    {
        int answer = Ioctl(DriverAbi.Ping, argument: 0);
        return answer < 0 ? new IoctlFailed(DriverAbi.PingName, -answer) : null;
    }

    /// <summary>Asks for the version record. Null is success; after an error the version is all zeros.</summary>
    /// <exception cref="ObjectDisposedException">The node was closed.</exception>
    public unsafe DeviceError? GetVersion(out AbiVersion version)
    {
        // On the stack, where no collector moves it while the driver writes.
        byte* record = stackalloc byte[VersionRecord.SizeBytes];
        int answer = Ioctl(DriverAbi.GetVersion, (nint)record);
        if (answer < 0)
        {
            version = default;
            return new IoctlFailed(DriverAbi.GetVersionName, -answer);
        }

        version = VersionRecord.Read(new ReadOnlySpan<byte>(record, VersionRecord.SizeBytes));
        return null;
    }

    /// <summary>Closes the node, as soon as no call is in flight. May be called again.</summary>
    public void Dispose()
    {
        isDisposed = true;
        handle.Dispose();
    }

    private int Ioctl(uint request, nint argument)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        return handle.Ioctl(request, argument);
    }
}

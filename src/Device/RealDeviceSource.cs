namespace Spanker.Conformance.Device;

/// <summary>Opens cards by their node: <c>dev:/dev/spanker0</c>.</summary>
public sealed class RealDeviceSource : IDeviceSource
{
    private readonly ISystemCalls calls;

    /// <summary>The card at <paramref name="path"/>, reached through the C library.</summary>
    public RealDeviceSource(string path)
        : this(new LibcSystemCalls(), path)
    {
    }

    /// <summary>The card at <paramref name="path"/>, reached through <paramref name="calls"/>.</summary>
    public RealDeviceSource(ISystemCalls calls, string path)
    {
        ArgumentNullException.ThrowIfNull(calls);
        ArgumentException.ThrowIfNullOrEmpty(path);
        this.calls = calls;
        Path = path;
    }

    /// <summary>The card's node.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public string Spec => "dev:" + Path;

    /// <inheritdoc/>
    /// <exception cref="DeviceOpenException">The node is missing, does not tell its version, or speaks another major; the error is a <see cref="RuntimeError"/> round the control layer's (CONTRACT MM-14).</exception>
    public IDevice Open()
    {
        DeviceError? error = DriverSail.TryOpen(calls, Path, out DriverSail? device);
        return error is null ? device! : throw new DeviceOpenException(Spec, error);
    }
}

namespace Spanker.Conformance.Device;

/// <summary>Opens devices of one kind. Sources are immutable and may be used from several threads; devices are used from one.</summary>
public interface IDeviceSource
{
    /// <summary>The device spec that names this source on the command line.</summary>
    string Spec { get; }

    /// <summary>Opens a fresh device.</summary>
    /// <exception cref="DeviceOpenException">It cannot be opened.</exception>
    IDevice Open();
}

/// <summary>A device that could not be opened. Carries the typed error.</summary>
public sealed class DeviceOpenException : Exception
{
    /// <summary>The device of <paramref name="spec"/> failed to open with <paramref name="error"/>.</summary>
    public DeviceOpenException(string spec, DeviceError error)
        : base($"device {spec} does not open: {Words(error)}")
    {
        Spec = spec;
        Error = error;
    }

    /// <summary>The device spec.</summary>
    public string Spec { get; }

    /// <summary>What went wrong.</summary>
    public DeviceError Error { get; }

    /// <summary>What went wrong, in words.</summary>
    public string Why => Words(Error);

    private static string Words(DeviceError error) => error switch
    {
        OpenFailed failed => $"open failed with {Errno.NameOf(failed.Errno)}: {failed.Path}",
        RuntimeError runtime => $"{Words(runtime.Inner)}; is the driver loaded?",
        NotImplemented missing => missing.Message,
        _ => $"{error}",
    };
}

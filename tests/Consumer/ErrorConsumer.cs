using Spanker.Conformance.Device;

namespace Spanker.Conformance.Tests.Consumer;

/// <summary>Names every kind of error that there is today.</summary>
public static class ErrorConsumer
{
    public static string Explain(DeviceError error) => error switch
    {
        BadDims bad => $"bad dims m={bad.M} k={bad.K} n={bad.N}, not a multiple of {bad.Qk}",
        OutputTooSmall small => $"output {small.HaveBytes} of {small.NeedBytes} bytes",
        NotImplemented missing => missing.Message,
        RuntimeError runtime => $"runtime: {Explain(runtime.Inner)}",
        TopologyMismatch mismatch => $"{mismatch.Actual} buffers for {mismatch.Expected} Sails",
        ShapeMismatch shape => $"Sail {shape.Sail}: {shape.Actual} instead of {shape.Expected}",
        OpenFailed open => $"open {open.Path}: {open.Errno}",
        IoctlFailed ioctl => $"ioctl {ioctl.Operation}: {ioctl.Errno}",
        AbiMismatch abi => $"driver {abi.Actual}, runtime {abi.Supported}",
        NoSails => "no Sails",
        UnknownDeviceError unknown => $"{unknown.Code}: {unknown.Text}",
#if !WITHOUT_DEFAULT
        _ => error.ToString(),
#endif
    };
}

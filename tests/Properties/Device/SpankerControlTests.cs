using Spanker.Conformance.Device;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Device;

public sealed class SpankerControlTests
{
    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(0, 1, 7)]
    [InlineData(0, 2, 0)]
    [InlineData(0, 65535, 65535)]
    [InlineData(0, 0, 9)]
    public void A_driver_of_the_same_major_is_accepted(int major, int minor, int patch)
    {
        AbiVersion version = Version(major, minor, patch);
        DeviceError? error = SpankerControl.TryOpen(new SimulatedDriver(0, version), DriverAbi.ControlPath, out SpankerControl? control);
        using (control)
        {
            control!.GetVersion(out AbiVersion actual);
            Assert.Equal((null, version), (error, actual));
        }
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(1, 1, 0)]
    [InlineData(256, 1, 0)]
    [InlineData(65535, 1, 0)]
    public void A_driver_of_another_major_is_refused_and_closed(int major, int minor, int patch)
    {
        SimulatedDriver driver = new(0, Version(major, minor, patch));
        DeviceError? error = SpankerControl.TryOpen(driver, DriverAbi.ControlPath, out SpankerControl? control);

        Assert.Equal(
            (new AbiMismatch(Version(0, 1, 0), Version(major, minor, patch)), null, 0),
            (error, control, driver.OpenDescriptors));
    }

    [Fact]
    public void Ping_succeeds_on_the_control_node()
    {
        SpankerControl.TryOpen(new SimulatedDriver(), DriverAbi.ControlPath, out SpankerControl? control);
        using (control)
        {
            Assert.Null(control!.Ping());
        }
    }

    [Fact]
    public void A_missing_control_node_is_OpenFailed() =>
        Assert.Equal(new OpenFailed("/dev/spanker0", 2), SpankerControl.TryOpen(new SimulatedDriver(cardCount: 0), "/dev/spanker0", out _));

    [Fact]
    public void A_failing_ping_names_the_operation_and_keeps_errno()
    {
        SpankerControl.TryOpen(new DeadDriver(), DriverAbi.ControlPath, out SpankerControl? control);
        using (control)
        {
            Assert.Equal(new IoctlFailed("PING", 5), control!.Ping());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    public void Interrupted_calls_are_made_again(int interruptions)
    {
        InterruptedCalls calls = new(new SimulatedDriver(), opens: interruptions, ioctls: interruptions);
        DeviceError? error = SpankerControl.TryOpen(calls, DriverAbi.ControlPath, out SpankerControl? control);
        using (control)
        {
            Assert.Equal((null, null), (error, control!.Ping()));
        }
    }

    [Fact]
    public void An_open_interrupted_64_times_is_EINTR() => Assert.Equal(
        new OpenFailed(DriverAbi.ControlPath, 4),
        SpankerControl.TryOpen(new InterruptedCalls(new SimulatedDriver(), opens: 64, ioctls: 0), DriverAbi.ControlPath, out _));

    [Fact]
    public void An_ioctl_interrupted_64_times_is_EINTR_and_leaves_nothing_open()
    {
        SimulatedDriver driver = new();
        DeviceError? error = SpankerControl.TryOpen(new InterruptedCalls(driver, opens: 0, ioctls: 64), DriverAbi.ControlPath, out _);

        Assert.Equal((new IoctlFailed("GET_VERSION", 4), 0), (error, driver.OpenDescriptors));
    }

    [Fact]
    public void A_second_dispose_does_not_close_a_stranger_that_got_the_descriptor()
    {
        SimulatedDriver driver = new();
        SpankerControl.TryOpen(driver, DriverAbi.ControlPath, out SpankerControl? first);
        first!.Dispose();
        SpankerControl.TryOpen(driver, DriverAbi.ControlPath, out SpankerControl? second);
        using (second)
        {
            first.Dispose();
            Assert.Null(second!.Ping());
        }
    }

    [Fact]
    public void A_call_after_dispose_throws()
    {
        SpankerControl.TryOpen(new SimulatedDriver(), DriverAbi.ControlPath, out SpankerControl? control);
        control!.Dispose();

        Assert.Throws<ObjectDisposedException>(() => control.Ping());
    }

    private static AbiVersion Version(int major, int minor, int patch) => new((ushort)major, (ushort)minor, (ushort)patch, Reserved: 0);

    private sealed class DeadDriver : SimulatedDriver
    {
        protected override int Ping(nint argument) => -Errno.EIO;
    }
}

using System.Runtime.InteropServices;
using Spanker.Conformance.Device;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Device;

/// <summary>The C library's calls on real files and devices of the machine.</summary>
public sealed class LibcSystemCallsTests
{
    // FIONREAD of asm-generic/ioctls.h: on a regular file, the bytes from the position to the end, as an int.
    private const uint BytesToRead = 0x541B;
    private const string NullDevice = "/dev/null";
    private static readonly LibcSystemCalls Libc = new();

    [Fact]
    public void The_control_node_opens_where_the_driver_is_loaded_and_is_ENOENT_elsewhere()
    {
        DeviceError? error = SpankerControl.TryOpen(Libc, DriverAbi.ControlPath, out SpankerControl? control);
        control?.Dispose();

        Assert.Equal(File.Exists(DriverAbi.ControlPath) ? null : new OpenFailed("/dev/spankerctl", 2), error);
    }

    [Fact]
    public void A_missing_node_is_OpenFailed_with_its_path_and_ENOENT() =>
        Assert.Equal(new OpenFailed("/dev/spanker-of-nobody", 2), SpankerControl.TryOpen(Libc, "/dev/spanker-of-nobody", out _));

    [Theory]
    [InlineData("/dev/null/child", 20)] // ENOTDIR
    [InlineData("/dev", 21)] // EISDIR
    public void An_open_keeps_the_errno_that_the_system_gave(string path, int errno) =>
        Assert.Equal(new OpenFailed(path, errno), SpankerControl.TryOpen(Libc, path, out _));

    [Fact]
    public void An_ioctl_that_a_device_does_not_know_is_IoctlFailed_with_its_name_and_ENOTTY() =>
        Assert.Equal(new IoctlFailed("GET_VERSION", 25), SpankerControl.TryOpen(Libc, NullDevice, out _));

    [Fact]
    public void Ping_on_a_device_that_does_not_know_it_is_ENOTTY()
    {
        int descriptor = Libc.Open(NullDevice, DriverAbi.OpenFlags);
        int answer = Libc.Ioctl(descriptor, DriverAbi.Ping, 0);
        Libc.Close(descriptor);

        Assert.Equal(-25, answer);
    }

    [Fact]
    public unsafe void The_third_argument_of_ioctl_arrives_and_is_written_through()
    {
        using TemporaryFile file = new(lengthBytes: 12_345);
        int descriptor = Libc.Open(file.Path, DriverAbi.OpenFlags);
        int available = -1;
        int answer = Libc.Ioctl(descriptor, BytesToRead, (nint)(&available));
        Libc.Close(descriptor);

        Assert.Equal((0, 12_345), (answer, available));
    }

    [Fact]
    public void A_null_pointer_is_EFAULT()
    {
        using TemporaryFile file = new(lengthBytes: 1);
        int descriptor = Libc.Open(file.Path, DriverAbi.OpenFlags);
        int answer = Libc.Ioctl(descriptor, BytesToRead, 0);
        Libc.Close(descriptor);

        Assert.Equal(-14, answer);
    }

    [Fact]
    public void A_descriptor_that_is_not_open_is_EBADF() =>
        Assert.Equal((-9, -9), (Libc.Ioctl(-1, DriverAbi.Ping, 0), Libc.Close(-1)));

    [Fact]
    public void A_refused_node_leaves_no_descriptor_open()
    {
        using TemporaryFile file = new(lengthBytes: 0);
        DeviceError? error = SpankerControl.TryOpen(Libc, file.Path, out _);

        Assert.Equal((new IoctlFailed("GET_VERSION", 25), 0), (error, DescriptorsOf(file.Path)));
    }

    [Fact]
    public void A_descriptor_is_not_inherited_by_child_processes()
    {
        int descriptor = Libc.Open(NullDevice, DriverAbi.OpenFlags);
        string flags = File.ReadLines($"/proc/self/fdinfo/{descriptor}").Single(line => line.StartsWith("flags:", StringComparison.Ordinal));
        Libc.Close(descriptor);

        // Octal: O_CLOEXEC is 02000000.
        Assert.Equal(0x80000, Convert.ToInt32(flags["flags:".Length..].Trim(), fromBase: 8) & 0x80000);
    }

    [Theory]
    [InlineData(false, Architecture.Arm64)]
    [InlineData(false, Architecture.X64)]
    [InlineData(true, Architecture.Ppc64le)]
    public void A_machine_of_another_kind_is_OpenFailed_with_ENOSYS(bool isLinux, Architecture architecture) =>
        Assert.Equal(new OpenFailed(NullDevice, 38), SpankerControl.TryOpen(new LibcSystemCalls(isLinux, architecture), NullDevice, out _));

    [Fact]
    public void A_path_that_C_would_cut_at_a_NUL_is_refused() =>
        Assert.Throws<ArgumentException>(() => Libc.Open("/dev/null\0x", DriverAbi.OpenFlags));

    private static int DescriptorsOf(string path) =>
        Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(entry => new FileInfo(entry).LinkTarget == path);

    private sealed class TemporaryFile : IDisposable
    {
        internal TemporaryFile(int lengthBytes)
        {
            Path = System.IO.Path.GetTempFileName();
            File.WriteAllBytes(Path, new byte[lengthBytes]);
        }

        internal string Path { get; }

        public void Dispose() => File.Delete(Path);
    }
}

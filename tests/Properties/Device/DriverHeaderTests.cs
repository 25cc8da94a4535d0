using System.ComponentModel;
using System.Globalization;
using Spanker.Conformance.Device;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Device;

/// <summary>CONTRACT DRV-10: what a C compiler makes of the driver's header is what the C# side says.</summary>
/// <remarks>SPANKER_UAPI_HEADER names another tree's header, which is then judged instead of ours.</remarks>
public sealed class DriverHeaderTests
{
    [Fact]
    public async Task Constants_and_records_equal_those_of_the_C_header()
    {
        string expected = await ProbeAsync();

        Assert.Equal(expected, string.Join('\n', [.. Ours().Select(pair => $"{pair.Name} {pair.Value}"), ""]));
    }

    private static IEnumerable<(string Name, string Value)> Ours()
    {
        yield return ("SPANKER_IOC_MAGIC", Text(DriverAbi.Magic));
        yield return ("SPANKER_IOC_PING", Text(DriverAbi.Ping));
        yield return ("SPANKER_IOC_GET_VERSION", Text(DriverAbi.GetVersion));
        yield return ("SPANKER_ABI_VERSION_MAJOR", Text(AbiVersion.Current.Major));
        yield return ("SPANKER_ABI_VERSION_MINOR", Text(AbiVersion.Current.Minor));
        yield return ("SPANKER_ABI_VERSION_PATCH", Text(AbiVersion.Current.Patch));
        yield return ("sizeof.spanker_version", Text(VersionRecord.SizeBytes));
        yield return ("offsetof.major", Text(VersionRecord.MajorOffsetBytes));
        yield return ("sizeof.major", Text(sizeof(ushort)));
        yield return ("offsetof.minor", Text(VersionRecord.MinorOffsetBytes));
        yield return ("sizeof.minor", Text(sizeof(ushort)));
        yield return ("offsetof.patch", Text(VersionRecord.PatchOffsetBytes));
        yield return ("sizeof.patch", Text(sizeof(ushort)));
        yield return ("offsetof.reserved", Text(VersionRecord.ReservedOffsetBytes));
        yield return ("sizeof.reserved", Text(sizeof(ushort)));
        byte[] record = new byte[VersionRecord.SizeBytes];
        VersionRecord.Write(new AbiVersion(Major: 0x0102, Minor: 0x0304, Patch: 0x0506, Reserved: 0x0708), record);
        yield return ("sample", Convert.ToHexStringLower(record));
        yield return ("has.WORK_SUBMIT", "0");
        yield return ("has.BAR_INFO", "0");
        yield return ("_IOC(write,e3,7f,14 bits)", Text(new IoctlNumber(IoctlDirection.Write, 0x3FFF, magic: 0xE3, number: 0x7F).Value));
        yield return ("_IOC(readwrite,01,ff,1)", Text(new IoctlNumber(IoctlDirection.ReadWrite, 1, magic: 0x01, number: 0xFF).Value));
        yield return ("O_RDWR", Text(DriverAbi.ReadWriteFlag));
        yield return ("O_CLOEXEC", Text(DriverAbi.CloseOnExecFlag));
        int[] numbers =
        [
            Errno.EPERM, Errno.ENOENT, Errno.EINTR, Errno.EIO, Errno.ENXIO, Errno.EBADF, Errno.EACCES, Errno.EFAULT,
            Errno.EBUSY, Errno.ENODEV, Errno.EINVAL, Errno.EMFILE, Errno.ENOTTY, Errno.ENOSYS,
        ];
        foreach (int number in numbers)
        {
            yield return (Errno.NameOf(number), Text(number));
        }
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static async Task<string> ProbeAsync()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("spanker-abi-");
        try
        {
            string program = Path.Combine(folder.FullName, "abi_probe");
            List<string> arguments = ["-std=c99", "-Wall", "-Wextra", "-Werror", "-o", program];
            string? otherHeader = Environment.GetEnvironmentVariable("SPANKER_UAPI_HEADER");
            if (!string.IsNullOrEmpty(otherHeader))
            {
                arguments.Add($"-DSPANKER_UAPI_HEADER=\"{Path.GetFullPath(otherHeader)}\"");
            }

            arguments.Add(RepositoryRoot.File("native/abi_probe.c"));
            ChildProcess compiler;
            try
            {
                compiler = await ChildProcess.RunAsync("gcc", arguments);
            }
            catch (Win32Exception missing)
            {
                throw new InvalidOperationException("gcc is needed to read the driver's header (Debian: gcc and libc6-dev)", missing);
            }

            Assert.True(compiler.ExitCode == 0, compiler.Errors);
            ChildProcess probe = await ChildProcess.RunAsync(program, []);
            Assert.True(probe.ExitCode == 0, probe.Errors);
            return probe.Output;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

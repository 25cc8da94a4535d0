using System.Runtime.InteropServices;

namespace Spanker.Conformance.Device;

/// <summary>The C library's calls for pipes, beside those of <see cref="LinuxCalls"/>.</summary>
internal static unsafe partial class PipeCalls
{
    public const int CloseOnExec = 0x80000;
    public const int NonBlocking = 0x800;
    public const int TryAgain = 11;
    public const short PollOut = 4;

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    public static partial int Pipe(int* ends, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, byte* bytes, nuint lengthBytes);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, byte* bytes, nuint lengthBytes);
}

using System.Runtime.InteropServices;

namespace Spanker.Conformance.Device;

/// <summary>The C library's open, ioctl and close, with errno kept. Stateless, so any number of threads may share one.</summary>
/// <remarks>
/// The flags, error numbers and ioctl encoding of this assembly are those of Linux on x86-64 and arm64. Anywhere else every
/// call answers ENOSYS, so a caller sees an ordinary OpenFailed and no native code is reached.
/// </remarks>
public sealed partial class LibcSystemCalls : ISystemCalls
{
    private readonly bool isSupported;

    /// <summary>The system calls of this machine.</summary>
    public LibcSystemCalls()
        : this(OperatingSystem.IsLinux(), RuntimeInformation.ProcessArchitecture)
    {
    }

    /// <summary>The system calls as a machine of the described kind has them; this process must run on it for them to be made.</summary>
    public LibcSystemCalls(bool isLinux, Architecture architecture)
    {
        isSupported = isLinux && architecture is Architecture.X64 or Architecture.Arm64 && OperatingSystem.IsLinux();
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The path is empty or holds a NUL, at which C would cut it.</exception>
    public int Open(string path, int flags)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException($"a path may not hold a NUL character: {path.Replace("\0", "\\0", StringComparison.Ordinal)}", nameof(path));
        }

        return isSupported ? Answer(NativeOpen(path, flags)) : -Errno.ENOSYS;
    }

    /// <inheritdoc/>
    public int Ioctl(int descriptor, uint request, nint argument) =>
        isSupported ? Answer(NativeIoctl(descriptor, request, argument)) : -Errno.ENOSYS;

    /// <inheritdoc/>
    public int Close(int descriptor) => isSupported ? Answer(NativeClose(descriptor)) : -Errno.ENOSYS;

    // The marshaller stores errno right behind the call, before anything else of the runtime can change it.
    private static int Answer(int returned) => returned >= 0 ? returned : -Marshal.GetLastPInvokeError();

    // C's open is variadic too, but reads its third argument (the mode) only with O_CREAT or O_TMPFILE, which are never passed here.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeOpen(string path, int flags);

    // C declares ioctl(int, unsigned long, ...). A call through a fixed three-argument signature is right on the two supported
    // machines because their Linux ABIs put integer arguments of variadic and fixed calls in the same registers: System V x86-64
    // (rdi, rsi, rdx; al only bounds the vector registers in use, and any value of it is harmless as no callee reads them) and
    // AAPCS64 (x0, x1, x2). Apple's arm64 puts variadic arguments on the stack; it is one reason why macOS is refused above.
    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int NativeIoctl(int descriptor, nuint request, nint argument);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int NativeClose(int descriptor);
}

using System.Runtime.InteropServices;

namespace Spanker.Conformance.Device;

/// <summary>The C library's calls that a worker process needs. Constants are those of Linux on x86-64 and arm64.</summary>
internal static unsafe partial class LinuxCalls
{
    public const int ProtReadWrite = 3;
    public const int MapShared = 1;
    public const int MemfdCloseOnExec = 1;
    public const int UnixFamily = 1;
    public const int SequencedPacket = 5;
    public const int SocketCloseOnExec = 0x80000;
    public const int DuplicateCloseOnExec = 1030;
    public const int SetStatusFlags = 4;
    public const int AppendFlag = 0x400;
    public const int ReadWriteFlag = 2;
    public const int CloseOnExecFlag = 0x80000;
    public const int PunchHoleKeepSize = 3;
    public const int NoSignal = 0x4000;
    public const short PollIn = 1;
    public const int SigKill = 9;
    public const short SpawnSetSignalDefaults = 0x04;
    public const short SpawnSetSignalMask = 0x08;
    public const short SpawnNewSession = 0x80;

    private const nint PidFdOpenNumber = 434;
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint StatBasics = 0x7FF;

    /// <summary>Whether this machine is one whose calls these are.</summary>
    public static bool AreAvailable => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Descriptor;
        public short Wanted;
        public short Seen;
    }

    /// <summary>Whether a folder, and no link to one, belongs to this user and only they may read or write it.</summary>
    public static bool IsOwnedAlone(string folder)
    {
        // struct statx: stx_uid at 20, stx_mode at 28.
        byte* status = stackalloc byte[256];
        if (StatX(CurrentFolder, folder, NoFollow, StatBasics, status) != 0)
        {
            return false;
        }

        const int FolderType = 0x4000, Type = 0xF000, Others = 0x3F;
        int mode = *(ushort*)(status + 28);
        return *(uint*)(status + 20) == EffectiveUser() && (mode & Type) == FolderType && (mode & Others) == 0;
    }

    /// <summary>A descriptor that becomes readable when the process ends.</summary>
    public static int PidFdOpen(int pid) => (int)SystemCall(PidFdOpenNumber, pid, 0);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, byte* status);

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MemfdCreate(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    public static partial int Truncate(int descriptor, long lengthBytes);

    [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    public static partial int Allocate(int descriptor, int mode, long offsetBytes, long lengthBytes);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    public static partial nint Map(nint address, nuint lengthBytes, int protection, int flags, int descriptor, long offsetBytes);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    public static partial int Unmap(nint address, nuint lengthBytes);

    [LibraryImport("libc", EntryPoint = "socketpair", SetLastError = true)]
    public static partial int SocketPair(int family, int type, int protocol, int* descriptors);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(int descriptor, int command, nint argument);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int socket, byte* bytes, nuint lengthBytes, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int socket, byte* bytes, nuint lengthBytes, int flags);

    [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)]
    public static partial nint ReadAt(int descriptor, byte* bytes, nuint lengthBytes, long offsetBytes);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    public static partial int WaitPid(int pid, out int status, int options);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int FileActionsInit(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int FileActionsDestroy(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial int FileActionsDuplicate(byte* actions, int source, int target);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    public static partial int AttributesInit(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    public static partial int AttributesDestroy(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    public static partial int AttributesSetFlags(byte* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    public static partial int AttributesSetSignalDefaults(byte* attributes, byte* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    public static partial int AttributesSetSignalMask(byte* attributes, byte* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Spawn(out int pid, string path, byte* actions, byte* attributes, byte** arguments, byte** environment);

    // syscall(long, ...): see LibcSystemCalls.NativeIoctl for why a fixed signature serves on the machines above.
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint first, nint second);
}

using System.Globalization;

namespace Spanker.Conformance.Device;

/// <summary>Names and numbers of driver ABI 0.1.0 (CONTRACT DRV-1, DRV-2, DRV-7).</summary>
/// <remarks><c>native/abi_probe.c</c> prints the same from the C header, and a test compares them (CONTRACT DRV-10).</remarks>
public static class DriverAbi
{
    /// <summary>The control node, present whenever the driver is loaded.</summary>
    public const string ControlPath = "/dev/spankerctl";

    /// <summary>What a card's node is called before its index.</summary>
    public const string SailPathPrefix = "/dev/spanker";

    /// <summary>How many cards an enumeration looks for at most.</summary>
    public const int MaxSails = 256;

    /// <summary>The type byte of every request.</summary>
    public const byte Magic = 0xE3;

    /// <summary>PING's number within the magic.</summary>
    public const byte PingNumber = 0x01;

    /// <summary>GET_VERSION's number within the magic.</summary>
    public const byte GetVersionNumber = 0x02;

    /// <summary>The name of PING in errors.</summary>
    public const string PingName = "PING";

    /// <summary>The name of GET_VERSION in errors.</summary>
    public const string GetVersionName = "GET_VERSION";

    /// <summary>The request that upstream's real-device paths wait for; no ABI has it yet (CONTRACT DRV-8, MM-14).</summary>
    public const string WorkSubmitName = "SPANKER_IOC_WORK_SUBMIT";

    /// <summary>How nodes are opened: O_RDWR, as upstream's runtime does, with O_CLOEXEC so that no child process keeps a card open.</summary>
    /// <remarks>The values are those of x86-64 and arm64 (<c>asm-generic/fcntl.h</c>).</remarks>
    public const int OpenFlags = ReadWriteFlag | CloseOnExecFlag;

    /// <summary>O_RDWR.</summary>
    public const int ReadWriteFlag = 0x2;

    /// <summary>O_CLOEXEC.</summary>
    public const int CloseOnExecFlag = 0x80000;

    /// <summary>_IO(0xE3, 0x01) = 0x0000E301.</summary>
    public static uint Ping => IoctlNumber.Io(Magic, PingNumber).Value;

    /// <summary>_IOR(0xE3, 0x02, 8 bytes) = 0x8008E302.</summary>
    public static uint GetVersion => IoctlNumber.Ior(Magic, GetVersionNumber, VersionRecord.SizeBytes).Value;

    /// <summary>The node of the card with the given index: /dev/spanker0, /dev/spanker1, ..</summary>
    public static string SailPath(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return SailPathPrefix + index.ToString(CultureInfo.InvariantCulture);
    }
}

namespace Spanker.Conformance.Device;

/// <summary>Which way an ioctl's payload travels, seen from the caller, as Linux encodes it on x86-64 and arm64.</summary>
public enum IoctlDirection
{
    /// <summary>No payload.</summary>
    None = 0,

    /// <summary>The caller's bytes go to the driver.</summary>
    Write = 1,

    /// <summary>The driver's bytes go to the caller.</summary>
    Read = 2,

    /// <summary>Both.</summary>
    ReadWrite = 3,
}

/// <summary>An ioctl number as Linux's <c>asm-generic/ioctl.h</c> lays it out (x86-64, arm64, riscv; not powerpc, mips, sparc).</summary>
/// <remarks>
/// <code>
/// bit  31 30 | 29 ........ 16 | 15 .... 8 | 7 ...... 0
///      dir   | payload bytes  | magic     | number
/// </code>
/// </remarks>
public readonly record struct IoctlNumber
{
    /// <summary>The largest payload that the 14 bits can say.</summary>
    public const int MaxSizeBytes = (1 << SizeBits) - 1;

    private const int MagicShift = 8;
    private const int SizeShift = 16;
    private const int SizeBits = 14;
    private const int DirectionShift = 30;

    /// <summary>The number with the given fields.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The payload does not fit 14 bits, or the direction two.</exception>
    public IoctlNumber(IoctlDirection direction, int sizeBytes, byte magic, byte number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sizeBytes, MaxSizeBytes);
        ArgumentOutOfRangeException.ThrowIfNegative((int)direction, nameof(direction));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((int)direction, (int)IoctlDirection.ReadWrite, nameof(direction));
        Direction = direction;
        SizeBytes = sizeBytes;
        Magic = magic;
        Number = number;
    }

    /// <summary>Which way the payload travels.</summary>
    public IoctlDirection Direction { get; }

    /// <summary>The payload's size in bytes.</summary>
    public int SizeBytes { get; }

    /// <summary>The driver's type byte.</summary>
    public byte Magic { get; }

    /// <summary>The request's number within the magic.</summary>
    public byte Number { get; }

    /// <summary>The encoded request: dir * 2^30 + size * 2^16 + magic * 2^8 + number.</summary>
    public uint Value => ((uint)Direction << DirectionShift) | ((uint)SizeBytes << SizeShift) | ((uint)Magic << MagicShift) | Number;

    /// <summary>C's <c>_IO(magic, number)</c>.</summary>
    public static IoctlNumber Io(byte magic, byte number) => new(IoctlDirection.None, sizeBytes: 0, magic, number);

    /// <summary>C's <c>_IOR(magic, number, T)</c> for a T of <paramref name="sizeBytes"/> bytes.</summary>
    public static IoctlNumber Ior(byte magic, byte number, int sizeBytes) => new(IoctlDirection.Read, sizeBytes, magic, number);

    /// <summary>The fields of an encoded request; every 32-bit value is one.</summary>
    public static IoctlNumber FromValue(uint value) => new(
        (IoctlDirection)(value >> DirectionShift),
        (int)((value >> SizeShift) & MaxSizeBytes),
        (byte)((value >> MagicShift) & 0xFF),
        (byte)(value & 0xFF));

    /// <inheritdoc/>
    public override string ToString() => $"0x{Value:X8}";
}

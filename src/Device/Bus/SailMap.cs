namespace Spanker.Conformance.Device;

/// <summary>The address map of a simulated Sail on its 48-bit bus. Everything else is answered DECERR.</summary>
/// <remarks>
/// <code>
/// 0x0000_0000_0000   32 bytes   command FIFO, written by FIXED bursts of two beats (MatmulCommand); reads as zero
/// 0x0000_0000_0020   32 bytes   status, read only (SailStatus)
/// 0x1000_0000_0000   16 TiB     window A
/// 0x2000_0000_0000   16 TiB     window B
/// 0x3000_0000_0000   16 TiB     window OUT
/// </code>
/// A window is memory, from its first byte on; what was never written reads as zero.
/// </remarks>
public static class SailMap
{
    /// <summary>The command FIFO.</summary>
    public const ulong CommandFifo = 0;

    /// <summary>The status word.</summary>
    public const ulong Status = 0x20;

    /// <summary>The window of operand A.</summary>
    public const ulong WindowA = 0x1000_0000_0000;

    /// <summary>The window of operand B.</summary>
    public const ulong WindowB = 0x2000_0000_0000;

    /// <summary>The window of the result.</summary>
    public const ulong WindowOut = 0x3000_0000_0000;

    /// <summary>Bytes of a window's address range.</summary>
    public const ulong WindowBytes = 0x1000_0000_0000;

    /// <summary>The window that an address lies in, as phases name it, or null.</summary>
    public static string? WindowOf(ulong address) => (address / WindowBytes) switch
    {
        WindowA / WindowBytes => "A",
        WindowB / WindowBytes => "B",
        WindowOut / WindowBytes => "OUT",
        _ => null,
    };

    /// <summary>The first address of a window, by its name in phases.</summary>
    public static ulong BaseOf(string window) => window switch
    {
        "A" => WindowA,
        "B" => WindowB,
        "OUT" => WindowOut,
        _ => throw new ArgumentException($"a Sail has windows A, B and OUT, not {window}", nameof(window)),
    };
}

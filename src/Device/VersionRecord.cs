using System.Runtime.InteropServices;

namespace Spanker.Conformance.Device;

/// <summary>The bytes of the version record (CONTRACT DRV-3).</summary>
/// <remarks>
/// <code>
/// byte   0 1     2 3     4 5     6 7
///        major   minor   patch   reserved
/// </code>
/// A driver fills a C struct in its own memory, so the byte order is the host's: the one place where that is right.
/// </remarks>
public static class VersionRecord
{
    /// <summary>Size of the record.</summary>
    public const int SizeBytes = 8;

    /// <summary>Where major stands.</summary>
    public const int MajorOffsetBytes = 0;

    /// <summary>Where minor stands.</summary>
    public const int MinorOffsetBytes = 2;

    /// <summary>Where patch stands.</summary>
    public const int PatchOffsetBytes = 4;

    /// <summary>Where reserved stands.</summary>
    public const int ReservedOffsetBytes = 6;

    /// <summary>Reads the record at the start of <paramref name="record"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 8 bytes.</exception>
    public static AbiVersion Read(ReadOnlySpan<byte> record) => new(
        Major: MemoryMarshal.Read<ushort>(record[MajorOffsetBytes..]),
        Minor: MemoryMarshal.Read<ushort>(record[MinorOffsetBytes..]),
        Patch: MemoryMarshal.Read<ushort>(record[PatchOffsetBytes..]),
        Reserved: MemoryMarshal.Read<ushort>(record[ReservedOffsetBytes..]));

    /// <summary>Writes <paramref name="version"/> to the start of <paramref name="record"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 8 bytes.</exception>
    public static void Write(AbiVersion version, Span<byte> record)
    {
        MemoryMarshal.Write(record[MajorOffsetBytes..], version.Major);
        MemoryMarshal.Write(record[MinorOffsetBytes..], version.Minor);
        MemoryMarshal.Write(record[PatchOffsetBytes..], version.Patch);
        MemoryMarshal.Write(record[ReservedOffsetBytes..], version.Reserved);
    }
}

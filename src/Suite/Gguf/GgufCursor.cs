using System.Buffers.Binary;
using System.Text;
using Spanker.Conformance.Device;

namespace Spanker.Conformance.Suite.Gguf;

/// <summary>Reads little-endian fields of a mapped GGUF file in order. Nothing is read past its end, and nothing is allocated that its bytes do not back.</summary>
internal sealed class GgufCursor(OperandView file)
{
    /// <summary>Most bytes of one key or tensor name. The specification allows keys of 65535 bytes.</summary>
    public const int NameLimitBytes = 65535;

    /// <summary>Most bytes of all keys and tensor names together, since these are what a reader keeps.</summary>
    public const ulong NamesLimitBytes = 16UL << 20;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ulong namesBytes;

    /// <summary>Offset of the next byte.</summary>
    public ulong Position { get; private set; }

    /// <summary>Length of the file.</summary>
    public ulong LengthBytes => file.LengthBytes;

    /// <summary>Bytes from the next one to the end.</summary>
    public ulong Remaining => LengthBytes - Position;

    /// <summary>Reads an unsigned 32-bit field.</summary>
    public uint ReadUInt32(string what) => BinaryPrimitives.ReadUInt32LittleEndian(Read(sizeof(uint), what));

    /// <summary>Reads an unsigned 64-bit field.</summary>
    public ulong ReadUInt64(string what) => BinaryPrimitives.ReadUInt64LittleEndian(Read(sizeof(ulong), what));

    /// <summary>Reads a 64-bit number of items that take at least <paramref name="itemBytes"/> each; refused if the rest of the file cannot hold them.</summary>
    public ulong ReadCount(string what, ulong itemBytes)
    {
        ulong at = Position;
        ulong count = ReadUInt64($"the number of {what}");
        if (count > Remaining / itemBytes)
        {
            throw new GgufException(
                at, $"{count} {what} announced", $"at most {Remaining / itemBytes}, for the {Remaining} bytes that follow (is the file cut?)");
        }

        return count;
    }

    /// <summary>Reads a key or a tensor name: a 64-bit length and as many bytes of UTF-8.</summary>
    public string ReadName(string what)
    {
        ulong at = Position;
        ulong length = ReadUInt64($"the length of {what}");
        if (length > NameLimitBytes)
        {
            throw new GgufException(at, $"{what} is {length} bytes long", $"at most {NameLimitBytes}");
        }

        namesBytes += length;
        if (namesBytes > NamesLimitBytes)
        {
            throw new GgufException(at, $"keys and tensor names take more than {NamesLimitBytes} bytes", "fewer or shorter names");
        }

        ReadOnlySpan<byte> bytes = Read((int)length, what);
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new GgufException(at + sizeof(ulong) + (ulong)Math.Max(0, e.Index), $"{what} is not UTF-8", "UTF-8 text");
        }
    }

    /// <summary>Steps over a string without reading its bytes.</summary>
    public void SkipString(string what)
    {
        ulong at = Position;
        ulong length = ReadUInt64($"the length of {what}");
        if (length > Remaining)
        {
            throw new GgufException(at, $"{what} is {length} bytes long", $"at most the {Remaining} bytes that follow (is the file cut?)");
        }

        Position += length;
    }

    /// <summary>Steps over <paramref name="lengthBytes"/> bytes.</summary>
    public void Skip(ulong lengthBytes, string what)
    {
        ThrowIfShort(lengthBytes, what);
        Position += lengthBytes;
    }

    private ReadOnlySpan<byte> Read(int lengthBytes, string what)
    {
        ThrowIfShort((ulong)lengthBytes, what);
        ReadOnlySpan<byte> bytes = file.Slice(Position, lengthBytes);
        Position += (ulong)lengthBytes;
        return bytes;
    }

    private void ThrowIfShort(ulong lengthBytes, string what)
    {
        if (lengthBytes > Remaining)
        {
            throw new GgufException(
                Position, $"the file ends after {Remaining} of the {lengthBytes} bytes of {what}", $"a file longer than its {LengthBytes} bytes (is it cut?)");
        }
    }
}

using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Spanker.Conformance.Device;
using Spanker.Conformance.Suite.Gguf;

namespace Spanker.Conformance.Tests.Properties.Gguf;

/// <summary>Writes a GGUF file field by field, wrong ones as readily as right ones.</summary>
internal sealed class GgufBytes
{
    public const ulong Huge = 1UL << 60;

    private readonly ArrayBufferWriter<byte> written = new();

    /// <summary>The fixed header: magic, version and the two counts.</summary>
    public static GgufBytes Header(ulong tensors, ulong pairs, uint version = 3) =>
        new GgufBytes().Bytes("GGUF"u8).U32(version).U64(tensors).U64(pairs);

    public GgufBytes Bytes(ReadOnlySpan<byte> bytes)
    {
        written.Write(bytes);
        return this;
    }

    public GgufBytes U8(byte value) => Bytes([value]);

    public GgufBytes U32(uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return Bytes(bytes);
    }

    public GgufBytes U64(ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return Bytes(bytes);
    }

    public GgufBytes Text(string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        return U64((ulong)bytes.Length).Bytes(bytes);
    }

    public GgufBytes Alignment(uint value) => Text("general.alignment").U32(4).U32(value);

    public GgufBytes Tensor(string name, uint typeId, ulong offset, params ulong[] dimensions)
    {
        Text(name).U32((uint)dimensions.Length);
        foreach (ulong dimension in dimensions)
        {
            U64(dimension);
        }

        return U32(typeId).U64(offset);
    }

    public GgufBytes PadTo(int alignment) => Zeros((alignment - (written.WrittenCount % alignment)) % alignment);

    public GgufBytes Zeros(int count) => Bytes(new byte[count]);

    public byte[] ToArray() => written.WrittenSpan.ToArray();

    public GgufHeader Parse() => Parse(ToArray());

    /// <summary>Parses bytes in memory; the directory alone is kept, so that the bytes need not stay.</summary>
    public static unsafe GgufHeader Parse(ReadOnlySpan<byte> file)
    {
        fixed (byte* start = file)
        {
            byte none = 0;
            return GgufHeader.Parse(new OperandView(start is null ? &none : start, (ulong)file.Length));
        }
    }
}

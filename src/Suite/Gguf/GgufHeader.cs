using Spanker.Conformance.Device;

namespace Spanker.Conformance.Suite.Gguf;

/// <summary>All of a GGUF file but the tensors' data: the version, the alignment and the directory of tensors.</summary>
/// <remarks>
/// <code>
/// "GGUF"  version:u32  tensors:u64  pairs:u64     fixed header, little endian
/// pair ..                                         metadata, see GgufMetadata
/// name:string  dims:u32  dimension:u64 ..  type:u32  offset:u64   one for each tensor
/// padding to a multiple of general.alignment
/// data                                            each tensor at a multiple of the alignment
/// </code>
/// Versions 2 and 3 are the same in little endian. Every count is checked against the bytes that follow before anything is allocated for it.
/// Source: ggml, docs/gguf.md.
/// </remarks>
public sealed class GgufHeader
{
    /// <summary>Most tensors that are read.</summary>
    public const int TensorLimit = 1 << 18;

    /// <summary>Most dimensions of a tensor (GGML_MAX_DIMS).</summary>
    public const int DimensionLimit = 4;

    private const uint Magic = 0x4655_4747;
    private const ulong SmallestTensorBytes = sizeof(ulong) + sizeof(uint) + sizeof(uint) + sizeof(ulong);
    private const ulong ElementLimit = long.MaxValue;

    private GgufHeader(uint version, ulong alignment, ulong dataOffset, IReadOnlyList<GgufTensor> tensors)
    {
        Version = version;
        Alignment = alignment;
        DataOffset = dataOffset;
        Tensors = tensors;
    }

    /// <summary>The format's version, 2 or 3.</summary>
    public uint Version { get; }

    /// <summary>Alignment of the data section and of each tensor, in bytes: a power of two.</summary>
    public ulong Alignment { get; }

    /// <summary>Where the data section begins, in bytes from the start of the file.</summary>
    public ulong DataOffset { get; }

    /// <summary>The tensors in the order of the directory.</summary>
    public IReadOnlyList<GgufTensor> Tensors { get; }

    /// <summary>Reads the header of a whole file. Every tensor of a type whose size is known lies inside the file; of other types, where it begins does.</summary>
    /// <exception cref="GgufException">The bytes are not a GGUF file of version 2 or 3 in little endian, whole and consistent.</exception>
    public static GgufHeader Parse(OperandView file)
    {
        GgufCursor cursor = new(file);
        ReadMagic(cursor);
        uint version = ReadVersion(cursor);
        ulong tensorsAt = cursor.Position;
        ulong tensorCount = cursor.ReadCount("tensors", SmallestTensorBytes);
        ThrowIfMore(tensorCount, TensorLimit, "tensors", tensorsAt);
        ulong pairsAt = cursor.Position;
        ulong pairCount = cursor.ReadCount("metadata pairs", GgufMetadata.PairBytes);
        ThrowIfMore(pairCount, GgufMetadata.PairLimit, "metadata pairs", pairsAt);

        ulong alignment = GgufMetadata.ReadAlignment(cursor, pairCount);
        List<Entry> entries = ReadDirectory(cursor, tensorCount, alignment);
        ulong dataOffset = (cursor.Position + alignment - 1) / alignment * alignment;
        foreach (Entry entry in entries)
        {
            ThrowIfOutside(entry, dataOffset, file.LengthBytes);
        }

        ThrowIfOverlapping(entries);
        return new GgufHeader(version, alignment, dataOffset, [.. entries.Select(entry => entry.Tensor)]);
    }

    private static void ReadMagic(GgufCursor cursor)
    {
        uint magic = cursor.ReadUInt32("the magic number");
        if (magic != Magic)
        {
            throw new GgufException(0, $"the file does not begin with \"GGUF\" but with 0x{magic:x8}", $"0x{Magic:x8}, so this is no GGUF file");
        }
    }

    private static uint ReadVersion(GgufCursor cursor)
    {
        ulong at = cursor.Position;
        uint version = cursor.ReadUInt32("the version");
        return version switch
        {
            2 or 3 => version,
            0x0200_0000 or 0x0300_0000 => throw new GgufException(at, "the file is big endian", "a little-endian file"),
            _ => throw new GgufException(at, $"the file is of GGUF version {version}", "version 2 or 3"),
        };
    }

    private static void ThrowIfMore(ulong count, ulong limit, string what, ulong at)
    {
        if (count > limit)
        {
            throw new GgufException(at, $"{count} {what} announced", $"at most {limit}, the reader's limit");
        }
    }

    private static List<Entry> ReadDirectory(GgufCursor cursor, ulong count, ulong alignment)
    {
        List<Entry> entries = [];
        HashSet<string> names = [];
        for (ulong i = 0; i < count; i++)
        {
            ulong at = cursor.Position;
            Entry entry = ReadEntry(cursor, i);
            if (!names.Add(entry.Tensor.Name))
            {
                throw new GgufException(at, $"tensor name {GgufException.Quote(entry.Tensor.Name)} occurs twice", "each name once");
            }

            if (entry.Tensor.Offset % alignment != 0)
            {
                throw new GgufException(
                    entry.OffsetAt, $"tensor {entry.Tensor} begins at {entry.Tensor.Offset} of the data", $"a multiple of the alignment, {alignment}");
            }

            entries.Add(entry);
        }

        return entries;
    }

    private static Entry ReadEntry(GgufCursor cursor, ulong index)
    {
        string name = cursor.ReadName($"the name of tensor {index}");
        string quoted = GgufException.Quote(name);
        ulong dimensionsAt = cursor.Position;
        uint dimensionCount = cursor.ReadUInt32($"the number of dimensions of tensor {quoted}");
        if (dimensionCount > DimensionLimit)
        {
            throw new GgufException(dimensionsAt, $"tensor {quoted} has {dimensionCount} dimensions", $"at most {DimensionLimit}");
        }

        ulong[] dimensions = new ulong[dimensionCount];
        ulong elements = 1;
        for (int i = 0; i < dimensions.Length; i++)
        {
            ulong at = cursor.Position;
            dimensions[i] = cursor.ReadUInt64($"dimension {i} of tensor {quoted}");
            ulong overflow = Math.BigMul(elements, dimensions[i], out elements);
            if (overflow != 0 || elements > ElementLimit || dimensions[i] > ElementLimit)
            {
                throw new GgufException(
                    at, $"the dimensions {string.Join(" x ", dimensions[..(i + 1)])} of tensor {quoted} overflow", $"at most {ElementLimit} elements");
            }
        }

        ulong typeAt = cursor.Position;
        uint typeId = cursor.ReadUInt32($"the type of tensor {quoted}");
        ulong offsetAt = cursor.Position;
        GgufTensor tensor = new(name, dimensions, typeId, cursor.ReadUInt64($"the offset of tensor {quoted}"));
        ulong blockWeights = GgufTensorType.Of(typeId).BlockWeights;
        if (tensor.RowLength % blockWeights != 0)
        {
            throw new GgufException(typeAt, $"tensor {tensor} has rows of {tensor.RowLength}", $"a multiple of {blockWeights}, as {tensor.TypeName} blocks hold");
        }

        return new Entry(tensor, offsetAt);
    }

    private static void ThrowIfOutside(Entry entry, ulong dataOffset, ulong fileBytes)
    {
        // A tensor of an unknown type takes at least one byte unless it has no elements; 128 bits hold any length that the element limit admits.
        GgufTensor tensor = entry.Tensor;
        GgufTensorType type = GgufTensorType.Of(tensor.TypeId);
        UInt128 length = type.IsSized ? (UInt128)(tensor.Elements / type.BlockWeights) * type.BlockBytes : ulong.Min(tensor.Elements, 1);
        UInt128 end = (UInt128)dataOffset + tensor.Offset + length;
        if (end > fileBytes)
        {
            throw new GgufException(
                entry.OffsetAt,
                $"tensor {tensor} would begin at byte {(UInt128)dataOffset + tensor.Offset} and {(type.IsSized ? "end" : "end no earlier than")} at {end}",
                $"an end within the file's {fileBytes} bytes (is it cut?)");
        }
    }

    private static void ThrowIfOverlapping(List<Entry> entries)
    {
        List<Entry> byOffset = [.. entries.Where(entry => entry.Tensor.Elements != 0).OrderBy(entry => entry.Tensor.Offset)];
        for (int i = 1; i < byOffset.Count; i++)
        {
            GgufTensor earlier = byOffset[i - 1].Tensor;
            GgufTensor later = byOffset[i].Tensor;
            ulong end = earlier.Offset + (earlier.LengthBytes ?? 1);
            if (later.Offset < end)
            {
                throw new GgufException(
                    byOffset[i].OffsetAt, $"tensor {later} begins at {later.Offset} of the data, inside tensor {earlier}", $"an offset of {end} or more");
            }
        }
    }

    /// <summary>A tensor, and where in the file its offset field lies, for errors found after the directory is read.</summary>
    private readonly record struct Entry(GgufTensor Tensor, ulong OffsetAt);
}

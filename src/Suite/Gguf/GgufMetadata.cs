namespace Spanker.Conformance.Suite.Gguf;

/// <summary>The metadata of a GGUF file: keys and typed values, of which this reader wants only the alignment and steps over the rest.</summary>
/// <remarks>
/// <code>
/// pair   = key:string  type:u32  value
/// string = length:u64  bytes
/// array  = type:u32  count:u64  values
/// type   = 0 u8, 1 i8, 2 u16, 3 i16, 4 u32, 5 i32, 6 f32, 7 bool, 8 string, 9 array, 10 u64, 11 i64, 12 f64
/// </code>
/// Source: ggml, docs/gguf.md.
/// </remarks>
internal sealed class GgufMetadata
{
    /// <summary>Most pairs that are read.</summary>
    public const ulong PairLimit = 1 << 16;

    /// <summary>Deepest nesting of arrays. GGML itself writes no nested ones.</summary>
    public const int NestingLimit = 4;

    /// <summary>Most strings and arrays inside arrays, over the whole file: these are walked one by one, so that their number bounds the time.</summary>
    public const ulong WalkLimit = 1 << 24;

    private const string AlignmentKey = "general.alignment";
    private const ulong DefaultAlignment = 32;
    private const ulong SmallestPairBytes = sizeof(ulong) + sizeof(uint) + 1;

    private const uint UInt32Type = 4;
    private const uint StringType = 8;
    private const uint ArrayType = 9;

    private readonly GgufCursor cursor;
    private ulong walked;

    private GgufMetadata(GgufCursor cursor) => this.cursor = cursor;

    /// <summary>Smallest length of a pair, for bounding their number.</summary>
    public static ulong PairBytes => SmallestPairBytes;

    /// <summary>Reads all pairs and gives the alignment of the data section: <c>general.alignment</c>, or 32 if there is none.</summary>
    public static ulong ReadAlignment(GgufCursor cursor, ulong pairs) => new GgufMetadata(cursor).ReadPairs(pairs);

    private ulong ReadPairs(ulong pairs)
    {
        ulong alignment = DefaultAlignment;
        HashSet<string> keys = [];
        for (ulong i = 0; i < pairs; i++)
        {
            ulong at = cursor.Position;
            string key = cursor.ReadName($"metadata key {i}");
            if (!keys.Add(key))
            {
                throw new GgufException(at, $"metadata key {GgufException.Quote(key)} occurs twice", "each key once");
            }

            string what = $"the value of {GgufException.Quote(key)}";
            ulong typeAt = cursor.Position;
            uint type = cursor.ReadUInt32($"the type of {GgufException.Quote(key)}");
            if (key == AlignmentKey)
            {
                alignment = ReadAlignmentValue(type, typeAt);
            }
            else
            {
                SkipValue(type, typeAt, depth: 0, what);
            }
        }

        return alignment;
    }

    private ulong ReadAlignmentValue(uint type, ulong typeAt)
    {
        if (type != UInt32Type)
        {
            throw new GgufException(typeAt, $"{AlignmentKey} has value type {type}", $"type {UInt32Type} (u32)");
        }

        ulong at = cursor.Position;
        uint alignment = cursor.ReadUInt32($"the value of {AlignmentKey}");
        if (!uint.IsPow2(alignment))
        {
            throw new GgufException(at, $"{AlignmentKey} is {alignment}", "a power of two");
        }

        return alignment;
    }

    private void SkipValue(uint type, ulong typeAt, int depth, string what)
    {
        switch (type)
        {
            case StringType:
                cursor.SkipString(what);
                break;
            case ArrayType:
                SkipArray(depth + 1, what);
                break;
            default:
                cursor.Skip(FixedBytes(type, typeAt, what), what);
                break;
        }
    }

    private void SkipArray(int depth, string what)
    {
        if (depth > NestingLimit)
        {
            throw new GgufException(cursor.Position, $"{what} nests arrays deeper than {NestingLimit}", "a flat array");
        }

        ulong typeAt = cursor.Position;
        uint type = cursor.ReadUInt32($"the element type of {what}");
        ulong elementBytes = type switch
        {
            StringType => sizeof(ulong),
            ArrayType => sizeof(uint) + sizeof(ulong),
            _ => FixedBytes(type, typeAt, what),
        };
        ulong countAt = cursor.Position;
        ulong count = cursor.ReadCount($"elements in {what}", elementBytes);
        if (type is not (StringType or ArrayType))
        {
            cursor.Skip(count * elementBytes, what);
            return;
        }

        walked += count;
        if (walked > WalkLimit)
        {
            throw new GgufException(countAt, $"the metadata's arrays hold more than {WalkLimit} strings and arrays", "fewer");
        }

        for (ulong i = 0; i < count; i++)
        {
            SkipValue(type, typeAt, depth, what);
        }
    }

    private static ulong FixedBytes(uint type, ulong typeAt, string what) => type switch
    {
        0 or 1 or 7 => 1,
        2 or 3 => 2,
        4 or 5 or 6 => 4,
        10 or 11 or 12 => 8,
        _ => throw new GgufException(typeAt, $"{what} has the unknown type {type}", "a type from 0 to 12"),
    };
}

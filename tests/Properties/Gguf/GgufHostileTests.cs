using Spanker.Conformance.Suite.Gguf;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Gguf;

/// <summary>Headers built by hand, each wrong in one way, and the line that it must give.</summary>
public sealed class GgufHostileTests
{
    private const uint F32 = 0;
    private const uint Q4K = 12;

    private static readonly Dictionary<string, (Func<GgufBytes> Build, string Line)> Table = new()
    {
        ["not a GGUF file"] = (
            () => new GgufBytes().Bytes("GGML"u8).Zeros(20),
            "byte 0: the file does not begin with \"GGUF\" but with 0x4c4d4747; expected 0x46554747, so this is no GGUF file"),
        ["version 1"] = (
            () => GgufBytes.Header(0, 0, version: 1),
            "byte 4: the file is of GGUF version 1; expected version 2 or 3"),
        ["a future version"] = (
            () => GgufBytes.Header(0, 0, version: 4),
            "byte 4: the file is of GGUF version 4; expected version 2 or 3"),
        ["big endian"] = (
            () => GgufBytes.Header(0, 0, version: 0x0300_0000),
            "byte 4: the file is big endian; expected a little-endian file"),
        ["2^60 tensors"] = (
            () => GgufBytes.Header(GgufBytes.Huge, 0),
            "byte 8: 1152921504606846976 tensors announced; expected at most 0, for the 8 bytes that follow (is the file cut?)"),
        ["one tensor more than the bytes can hold"] = (
            () => GgufBytes.Header(3, 0).Zeros(48),
            "byte 8: 3 tensors announced; expected at most 2, for the 56 bytes that follow (is the file cut?)"),
        ["more tensors than the limit, backed by bytes"] = (
            () => GgufBytes.Header(300_000, 0).Zeros(300_000 * 24),
            "byte 8: 300000 tensors announced; expected at most 262144, the reader's limit"),
        ["2^60 pairs"] = (
            () => GgufBytes.Header(0, GgufBytes.Huge),
            "byte 16: 1152921504606846976 metadata pairs announced; expected at most 0, for the 0 bytes that follow (is the file cut?)"),
        ["more pairs than the limit, backed by bytes"] = (
            () => GgufBytes.Header(0, 70_000).Zeros(70_000 * 13),
            "byte 16: 70000 metadata pairs announced; expected at most 65536, the reader's limit"),
        ["a key of 2^63 bytes"] = (
            () => GgufBytes.Header(0, 1).U64(1UL << 63).Zeros(16),
            "byte 24: metadata key 0 is 9223372036854775808 bytes long; expected at most 65535"),
        ["a string value of 2^63 bytes"] = (
            () => GgufBytes.Header(0, 1).Text("k").U32(8).U64(1UL << 63).Zeros(16),
            "byte 37: the value of 'k' is 9223372036854775808 bytes long; expected at most the 16 bytes that follow (is the file cut?)"),
        ["a key that is not UTF-8"] = (
            () => GgufBytes.Header(0, 1).U64(3).Bytes([0x61, 0xff, 0x62]).U32(0).U8(0),
            "byte 33: metadata key 0 is not UTF-8; expected UTF-8 text"),
        ["a key twice"] = (
            () => GgufBytes.Header(0, 2).Text("k").U32(0).U8(0).Text("k").U32(0).U8(0),
            "byte 38: metadata key 'k' occurs twice; expected each key once"),
        ["an unknown value type"] = (
            () => GgufBytes.Header(0, 1).Text("k").U32(13).U64(0),
            "byte 33: the value of 'k' has the unknown type 13; expected a type from 0 to 12"),
        ["an array of an unknown type"] = (
            () => GgufBytes.Header(0, 1).Text("k").U32(9).U32(99).U64(0),
            "byte 37: the value of 'k' has the unknown type 99; expected a type from 0 to 12"),
        ["an array of 2^60 f64"] = (
            () => GgufBytes.Header(0, 1).Text("k").U32(9).U32(12).U64(GgufBytes.Huge).Zeros(16),
            "byte 41: 1152921504606846976 elements in the value of 'k' announced; expected at most 2, for the 16 bytes that follow (is the file cut?)"),
        ["an array of 2^63 strings"] = (
            () => GgufBytes.Header(0, 1).Text("k").U32(9).U32(8).U64(1UL << 63),
            "byte 41: 9223372036854775808 elements in the value of 'k' announced; expected at most 0, for the 0 bytes that follow (is the file cut?)"),
        ["arrays nested five deep"] = (
            () => Nested(GgufBytes.Header(0, 1).Text("k").U32(9), inner: 4).U32(0).U64(0),
            "byte 85: the value of 'k' nests arrays deeper than 4; expected a flat array"),
        ["an alignment of zero"] = (
            () => GgufBytes.Header(0, 1).Alignment(0),
            "byte 53: general.alignment is 0; expected a power of two"),
        ["an alignment of 48"] = (
            () => GgufBytes.Header(0, 1).Alignment(48),
            "byte 53: general.alignment is 48; expected a power of two"),
        ["an alignment that is a string"] = (
            () => GgufBytes.Header(0, 1).Text("general.alignment").U32(8).Text("32"),
            "byte 49: general.alignment has value type 8; expected type 4 (u32)"),
        ["ten dimensions"] = (
            () => GgufBytes.Header(1, 0).Tensor("t", F32, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
            "byte 33: tensor 't' has 10 dimensions; expected at most 4"),
        ["2^32 - 1 dimensions"] = (
            () => GgufBytes.Header(1, 0).Text("t").U32(uint.MaxValue).Zeros(64),
            "byte 33: tensor 't' has 4294967295 dimensions; expected at most 4"),
        ["dimensions whose product wraps to zero"] = (
            () => GgufBytes.Header(1, 0).Tensor("t", Q4K, 0, 1UL << 32, 1UL << 32).PadTo(32).Zeros(144),
            "byte 45: the dimensions 4294967296 x 4294967296 of tensor 't' overflow; expected at most 9223372036854775807 elements"),
        ["a dimension of 2^63"] = (
            () => GgufBytes.Header(1, 0).Tensor("t", F32, 0, 0, 1UL << 63).PadTo(32),
            "byte 45: the dimensions 0 x 9223372036854775808 of tensor 't' overflow; expected at most 9223372036854775807 elements"),
        ["a length in bytes that wraps"] = (
            () => GgufBytes.Header(1, 0).Tensor("t", 28, 0, 1UL << 62).PadTo(32).Zeros(64),
            "byte 49: tensor 't' (F64 4611686018427387904) would begin at byte 64 and end at 36893488147419103296; "
            + "expected an end within the file's 128 bytes (is it cut?)"),
        ["rows that are not whole blocks"] = (
            () => GgufBytes.Header(1, 0).Tensor("t", Q4K, 0, 128, 2).PadTo(32).Zeros(144),
            "byte 53: tensor 't' (Q4_K 128 x 2) has rows of 128; expected a multiple of 256, as Q4_K blocks hold"),
        ["a Q4_K tensor without dimensions"] = (
            () => GgufBytes.Header(1, 0).Tensor("t", Q4K, 0).PadTo(32).Zeros(144),
            "byte 37: tensor 't' (Q4_K ) has rows of 1; expected a multiple of 256, as Q4_K blocks hold"),
        ["a tensor that ends one byte past the file"] = (
            () => GgufBytes.Header(1, 0).Tensor("t", Q4K, 0, 256).PadTo(32).Zeros(143),
            "byte 49: tensor 't' (Q4_K 256) would begin at byte 64 and end at 208; expected an end within the file's 207 bytes (is it cut?)"),
        ["an offset of 2^64 - 32"] = (
            () => GgufBytes.Header(1, 0).Tensor("t", Q4K, ulong.MaxValue - 31, 256).PadTo(32).Zeros(144),
            "byte 49: tensor 't' (Q4_K 256) would begin at byte 18446744073709551648 and end at 18446744073709551792; "
            + "expected an end within the file's 208 bytes (is it cut?)"),
        ["an empty tensor past the end"] = (
            () => GgufBytes.Header(1, 0).Tensor("t", Q4K, 1UL << 63, 0).PadTo(32),
            "byte 49: tensor 't' (Q4_K 0) would begin at byte 9223372036854775872 and end at 9223372036854775872; "
            + "expected an end within the file's 64 bytes (is it cut?)"),
        ["a tensor of an unknown type that begins at the end"] = (
            () => GgufBytes.Header(1, 0).Tensor("t", 77, 0, 5).PadTo(32),
            "byte 49: tensor 't' (type 77 5) would begin at byte 64 and end no earlier than at 65; expected an end within the file's 64 bytes (is it cut?)"),
        ["an offset off the alignment"] = (
            () => GgufBytes.Header(1, 0).Tensor("t", Q4K, 16, 256).PadTo(32).Zeros(256),
            "byte 49: tensor 't' (Q4_K 256) begins at 16 of the data; expected a multiple of the alignment, 32"),
        ["a name twice"] = (
            () => GgufBytes.Header(2, 0).Tensor("t", F32, 0, 1).Tensor("t", F32, 32, 1).PadTo(32).Zeros(64),
            "byte 57: tensor name 't' occurs twice; expected each name once"),
        ["two tensors in one place"] = (
            () => GgufBytes.Header(2, 0).Tensor("a", 77, 0, 1).Tensor("b", Q4K, 0, 256).PadTo(32).Zeros(256),
            "byte 82: tensor 'b' (Q4_K 256) begins at 0 of the data, inside tensor 'a' (type 77 1); expected an offset of 1 or more"),
        ["a tensor inside another"] = (
            () => GgufBytes.Header(2, 0).Tensor("b", F32, 128, 1).Tensor("a", Q4K, 0, 256).PadTo(32).Zeros(256),
            "byte 49: tensor 'b' (F32 1) begins at 128 of the data, inside tensor 'a' (Q4_K 256); expected an offset of 144 or more"),
        ["a name that is not UTF-8"] = (
            () => GgufBytes.Header(1, 0).U64(2).Bytes([0xc0, 0x80]).Zeros(32),
            "byte 32: the name of tensor 0 is not UTF-8; expected UTF-8 text"),
        ["a name that would break the line and drive the terminal"] = (
            () => GgufBytes.Header(1, 0).Tensor("a\n\u001b[2J\u202e", F32, 0, 1, 1, 1, 1, 1).Zeros(32),
            @"byte 41: tensor 'a\u000a\u001b[2J\u202e' has 5 dimensions; expected at most 4"),
        ["a name of 2000 letters"] = (
            () => GgufBytes.Header(1, 0).Tensor(new string('x', 2000), F32, 0, 1, 1, 1, 1, 1).Zeros(32),
            $"byte 2032: tensor '{new string('x', 80)}' (and 1920 characters more) has 5 dimensions; expected at most 4"),
        ["names that fill the memory"] = (
            () => Names(GgufBytes.Header(257, 0), count: 257),
            "byte 16785176: keys and tensor names take more than 16777216 bytes; expected fewer or shorter names"),
    };

    public static TheoryData<string> Cases => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_hostile_header_is_refused_with_its_line(string name)
    {
        (Func<GgufBytes> build, string line) = Table[name];
        GgufException fault = Assert.Throws<GgufException>(() => build().Parse());
        Assert.Equal(line, fault.Message);
    }

    /// <summary>A file of 64 GiB, sparse on disk, whose metadata is an array of 2^32 empty strings: walking them all would take a minute.</summary>
    [Fact]
    public void An_array_of_more_strings_than_can_be_walked_is_refused_at_once()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("gguf");
        try
        {
            string path = Path.Combine(folder.FullName, "sparse.gguf");
            using (FileStream sparse = File.Create(path))
            {
                sparse.Write(GgufBytes.Header(0, 1).Text("k").U32(9).U32(8).U64(1UL << 32).ToArray());
                sparse.SetLength(1L << 36);
            }

            GgufException fault = Assert.Throws<GgufException>(() => GgufFile.Open(path).Dispose());
            Assert.EndsWith(
                "byte 41: the metadata's arrays hold more than 16777216 strings and arrays; expected fewer", fault.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static GgufBytes Nested(GgufBytes file, int inner)
    {
        for (int i = 0; i < inner; i++)
        {
            file.U32(9).U64(1);
        }

        return file;
    }

    private static GgufBytes Names(GgufBytes file, int count)
    {
        for (int i = 0; i < count; i++)
        {
            file.Tensor($"{i:d6}{new string('x', 65529)}", F32, 0, 0);
        }

        return file;
    }
}

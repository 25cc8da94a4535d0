using System.Runtime.InteropServices;
using Spanker.Conformance.Suite.Gguf;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Gguf;

/// <summary>What a right file may hold: every value type, nested arrays, unknown tensor types, other alignments; and files that cannot be opened.</summary>
public sealed partial class GgufReaderTests
{
    [Fact]
    public void Metadata_of_every_type_is_stepped_over()
    {
        GgufBytes file = GgufBytes.Header(tensors: 1, pairs: 15);
        int[] widths = [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8];
        for (uint type = 0; type < widths.Length; type++)
        {
            file.Text($"key.{type}").U32(type);
            _ = type switch
            {
                8 => file.Text("a string"),
                9 => file.U32(3).U64(3).Zeros(6),
                _ => file.Zeros(widths[type]),
            };
        }

        file.Text("strings").U32(9).U32(8).U64(2).Text("a").Text("bc");
        file.Text("nested").U32(9).U32(9).U64(2).U32(0).U64(5).Zeros(5).U32(9).U64(1).U32(8).U64(1).Text("deep");
        file.Tensor("t", 12, 0, 256, 3).PadTo(32).Zeros(3 * 144);
        GgufTensor tensor = Assert.Single(file.Parse().Tensors);
        Assert.Equal(("t", 432ul), (tensor.Name, tensor.LengthBytes));
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(8u)]
    [InlineData(64u)]
    [InlineData(4096u)]
    public void The_data_section_begins_at_a_multiple_of_the_files_alignment(uint alignment)
    {
        // The header ends at byte 90: 24, then 33 for the alignment, then 33 for the tensor.
        ulong expected = alignment switch { 1 => 90, 8 => 96, 64 => 128, _ => 4096 };
        GgufHeader header = GgufBytes.Header(tensors: 1, pairs: 1).Alignment(alignment).Tensor("t", 0, 0, 1).PadTo((int)alignment).Zeros(4).Parse();
        Assert.Equal(expected, header.DataOffset);
    }

    [Fact]
    public void A_tensor_of_an_unknown_type_is_stepped_over()
    {
        GgufHeader header = GgufBytes.Header(tensors: 2, pairs: 0)
            .Tensor("odd", 4000, 0, 7, 3).Tensor("known", 12, 64, 512).PadTo(32).Zeros(64 + 288).Parse();
        Assert.Equal(["'odd' (type 4000 7 x 3)", "'known' (Q4_K 512)"], header.Tensors.Select(tensor => tensor.ToString()));
        Assert.Null(header.Tensors[0].LengthBytes);
    }

    [Fact]
    public void Version_2_is_read_like_version_3()
    {
        GgufHeader header = GgufBytes.Header(tensors: 1, pairs: 0, version: 2).Tensor("t", 12, 0, 256).PadTo(32).Zeros(144).Parse();
        Assert.Equal(("t", 2u), (header.Tensors[0].Name, header.Version));
    }

    [Fact]
    public void The_rows_of_a_tensor_are_the_product_of_its_outer_dimensions()
    {
        GgufHeader header = GgufBytes.Header(tensors: 1, pairs: 0).Tensor("experts", 12, 0, 512, 3, 2).PadTo(32).Zeros(6 * 288).Parse();
        Assert.Equal((512ul, 6ul), (header.Tensors[0].RowLength, header.Tensors[0].Rows));
    }

    [Fact]
    public void A_file_without_tensors_is_read()
    {
        Assert.Empty(GgufBytes.Header(tensors: 0, pairs: 0).Parse().Tensors);
    }

    [Fact]
    public void A_missing_file_is_refused_in_one_line()
    {
        string path = RepositoryRoot.File("golden/q4k/missing.gguf");
        Assert.EndsWith(": no such file", Assert.Throws<GgufException>(() => GgufFile.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_refused_in_one_line()
    {
        string path = RepositoryRoot.File("golden/q4k");
        Assert.EndsWith(": a folder; expected a GGUF file", Assert.Throws<GgufException>(() => GgufFile.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endless_device_is_refused_without_being_read()
    {
        Assert.Equal(
            "'/dev/zero', byte 0: the file is empty; expected a GGUF file",
            Assert.Throws<GgufException>(() => GgufFile.Open("/dev/zero")).Message);
    }

    [Fact]
    public void A_pipe_is_refused_without_waiting_for_a_writer()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("gguf");
        try
        {
            string path = Path.Combine(folder.FullName, "pipe");
            Assert.Equal(0, MakePipe(path, 0x180));
            GgufException fault = Assert.Throws<GgufException>(() => GgufFile.Open(path));
            Assert.EndsWith("byte 0: the file is empty; expected a GGUF file", fault.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakePipe(string path, uint mode);
}

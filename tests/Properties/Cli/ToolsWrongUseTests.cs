using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Cli;

/// <summary>What is said to those who use decode, encode, reference or fuzz wrongly: an exit code and one line, no stack trace.</summary>
public sealed class ToolsWrongUseTests : IDisposable
{
    private readonly ToolRun tool = new();

    public ToolsWrongUseTests()
    {
        tool.Write("block", new byte[144]);
        tool.Write("odd", new byte[300]);
        tool.Write("values", new byte[1024]);
        tool.Write("empty", []);
        tool.Write("noise", "not a GGUF file"u8);
        Directory.CreateDirectory(tool.File("folder"));
        Directory.CreateDirectory(tool.File("corpus"));
        tool.Write("corpus/bad.case", "mm2-g9-m1n1k256-dense-s1\n"u8);
        File.Copy(RepositoryRoot.File("golden/q4k/sample.gguf"), tool.File("gguf"));
    }

    public void Dispose() => tool.Dispose();

    /// <summary>Arguments (<c>@name</c> is a file of the folder), exit code, and the line with <c>@</c> for the folder.</summary>
    public static TheoryData<string, int, string> Table { get; } = new()
    {
        { "decode", 2, "decode: decode needs --raw FILE, or --gguf FILE with --tensor NAME" },
        { "decode --raw @missing", 2, "decode: '@missing': no such file; expected a file of Q4_K blocks of 144 bytes" },
        { "decode --raw @folder", 2, "decode: '@folder': a folder; expected a file of Q4_K blocks of 144 bytes" },
        { "decode --raw @empty", 2, "decode: '@empty': the file is empty, or no regular file; expected Q4_K blocks of 144 bytes" },
        { "decode --raw @odd", 2, "decode: '@odd': 300 bytes are not whole Q4_K blocks, 12 bytes are left over from byte 288 on; expected a multiple of 144" },
        { "decode --raw @block --gguf @gguf", 2, "decode: --raw and --gguf are both given; decode reads one of them" },
        { "decode --raw @block --tensor x", 2, "decode: --tensor is given with --raw; it names a tensor of --gguf FILE" },
        { "decode --raw @block --block 1", 2, "decode: --block '1': expected a whole number from 0 to 0" },
        { "decode --raw @block --block -1", 2, "decode: --block '-1': expected a whole number from 0 to 0" },
        { "decode --raw @block --blocks 0", 2, "decode: --blocks '0': expected a whole number from 1 to 9223372036854775807" },
        { "decode --raw @block --blocks few", 2, "decode: --blocks 'few': expected a whole number from 1 to 9223372036854775807" },
        { "decode --raw @block --out @block", 2, "decode: '@block': the output is the same file as '@block'; give another" },
        { "decode --raw @block --out @folder", 2, "decode: '@folder': a folder; expected the file to write" },
        { "decode --gguf @noise --tensor x", 2, "decode: --gguf '@noise', byte 0: the file does not begin with \"GGUF\" but with 0x20746f6e; expected 0x46554747, so this is no GGUF file" },
        { "decode --gguf @gguf", 2, "decode: --tensor is missing; it takes the name of a tensor of '@gguf': its Q4_K tensors are 'token_embd.weight', 'blk.0.ffn_up.weight', 'blk.0.attn_q.weight'" },
        { "decode --gguf @gguf --tensor x", 2, "decode: '@gguf': has no tensor 'x'; its Q4_K tensors are 'token_embd.weight', 'blk.0.ffn_up.weight', 'blk.0.attn_q.weight'" },
        { "decode --raw @block --out @none/x", 2, "decode: '@none/x': cannot be written (a part of its path is no folder)" },
        { "encode", 2, "encode: --raw is missing; it takes a file of binary32 values" },
        { "encode --raw @values", 2, "encode: --out is missing; it takes the file to write" },
        { "encode --raw @missing --out @o", 2, "encode: '@missing': no such file; expected a file of binary32 values, 256 to a block" },
        { "encode --raw @odd --out @o", 2, "encode: '@odd': 300 bytes are not whole blocks of 256 binary32 values, 300 bytes are left over from byte 0 on; expected a multiple of 1024" },
        { "encode --raw @empty --out @o", 2, "encode: '@empty': the file is empty, or no regular file; expected binary32 values, 256 to a block" },
        { "encode --raw @values --out @values", 2, "encode: '@values': the output is the same file as '@values'; give another" },
        { "reference --b @block --m 1 --k 256 --n 1 --out @o", 2, "reference: --a is missing; it takes the file of operand A" },
        { "reference --a @block --b @block --k 256 --n 1 --out @o", 2, "reference: --m is missing; it takes the rows of A" },
        { "reference --a @block --b @block --m x --k 256 --n 1 --out @o", 2, "reference: --m 'x': expected a whole number from 0 to 18446744073709551615" },
        { "reference --a @block --b @block --m 1 --k 255 --n 1 --out @o", 2, "reference: --k 255: expected a positive multiple of 256 (MM-3)" },
        { "reference --a @block --b @block --m 1 --k 0 --n 1 --out @o", 2, "reference: --k 0: expected a positive multiple of 256 (MM-3)" },
        { "reference --a @block --b @block --m 2 --k 256 --n 1 --out @o", 2, "reference: '@block': A has 144 bytes; expected m*(k/256)*144 = 288 for m = 2, k = 256 (MM-4)" },
        { "reference --a @block --b @block --m 1 --k 256 --n 3 --out @o", 2, "reference: '@block': B has 144 bytes; expected n*(k/256)*144 = 432 for n = 3, k = 256 (MM-4)" },
        { "reference --a @block --b @block --m 1152921504606846976 --k 256 --n 1 --out @o", 2, "reference: m=1152921504606846976,n=1,k=256: A would be m*(k/256)*144 = 166020696663385964544 bytes; expected at most 2^64 - 1 (MM-5)" },
        { "reference --a @block --b @block --m 1 --k 256 --n 1 --out @block", 2, "reference: '@block': the output is the same file as '@block'; give another" },
        { "reference --a @block --b @block --m 1 --k 256 --n 1 --out @o --weights f16", 2, "reference: --weights 'f16': expected exact or f32" },
        { "reference --a @block --b @block --m 1 --k 256 --n 1 --out @o --class f32", 2, "reference: --class is given without --bounds; it says whose bounds are written" },
        { "reference --a @block --b @block --m 1 --k 256 --n 1 --out @o --bounds @p --class f32", 2, "reference: --class f32 is about weights rounded to binary32, the product about weights as rationals; give --weights f32" },
        { "reference --a @block --b @block --m 1 --k 256 --n 1 --out @o --bounds @p --class q8k --weights f32", 2, "reference: --class q8k is about weights as rationals, the product about weights rounded to binary32; give --weights exact" },
        { "reference --a @block --b @block --m 1 --k 256 --n 1 --out @o --bounds @o --class exact", 2, "reference: '@o': the output is the same file as '@o'; give another" },
        { "fuzz --time 0", 2, "fuzz: --time '0': expected a time such as 30, 90s, 1m or 2h, above 0 and at most 7 days" },
        { "fuzz --time soon", 2, "fuzz: --time 'soon': expected a time such as 30, 90s, 1m or 2h, above 0 and at most 7 days" },
        { "fuzz --cases 0", 2, "fuzz: --cases '0': expected a whole number from 1 to 18446744073709551615" },
        { "fuzz --corpus @block", 2, "fuzz: --corpus '@block': a file; expected a folder to keep cases in" },
        { "fuzz --corpus @corpus", 2, "fuzz: corpus file '@corpus/bad.case': token 'mm2-g9-m1n1k256-dense-s1' is not of generator version g1; replay it with the release that printed it" },
        { "fuzz --device mock --class exact --cases 1", 2, "fuzz: --class exact binds nothing here: mock computes nothing; leave --class out, or name a device that multiplies" },
        { "fuzz --device mock --filter NUM-* --cases 1", 3, "fuzz: nothing to search: no clause that the filter selects can be judged on this device" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Wrong_use_ends_with_its_exit_code_and_its_one_line(string arguments, int exitCode, string line)
    {
        int code = tool.Invoke(arguments.Split(' '));

        string expected = "spanker-conformance " + line.Replace("@", tool.Folder + "/", StringComparison.Ordinal);
        Assert.Equal((exitCode, expected), (code, tool.Error.TrimEnd('\n')));
    }

    [Fact]
    public void An_output_that_could_not_be_finished_is_removed()
    {
        // The bounds are refused after OUT was made.
        tool.Invoke("reference", "--a", "@block", "--b", "@block", "--m", "1", "--k", "256", "--n", "1", "--out", "@o", "--bounds", "@folder", "--class", "exact");

        Assert.False(File.Exists(tool.File("o")));
    }

    [Fact]
    public void An_input_is_whole_after_it_was_named_as_output()
    {
        tool.Invoke("decode", "--raw", "@block", "--out", "@block");

        Assert.Equal(new byte[144], tool.Read("block"));
    }

    [Fact]
    public void A_link_to_the_input_is_seen_to_be_the_input()
    {
        File.CreateSymbolicLink(tool.File("link"), tool.File("block"));

        int code = tool.Invoke("decode", "--raw", "@block", "--out", "@link");

        Assert.Equal((2, 144), (code, tool.Read("block").Length));
    }
}

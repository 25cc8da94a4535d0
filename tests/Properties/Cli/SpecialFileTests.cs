using System.Diagnostics;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Cli;

/// <summary>A pipe, a device or a folder where a file belongs is refused in one line; nothing waits for it or reads it without end.</summary>
public sealed class SpecialFileTests : IDisposable
{
    // A call that opens the pipe never comes back.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly ToolRun tool = new();

    public SpecialFileTests()
    {
        using Process make = Process.Start("mkfifo", tool.File("pipe"));
        make.WaitForExit();
        Directory.CreateDirectory(tool.File("corpus"));
        File.CreateSymbolicLink(tool.File("link"), tool.File("pipe"));
        File.CreateSymbolicLink(tool.File("null"), "/dev/null");
        File.CreateSymbolicLink(tool.File("circle"), tool.File("circle"));
        File.CreateSymbolicLink(tool.File("corpus/x.case"), tool.File("pipe"));

        // real/below/up leads to real/block; by way of the linked folder, taking .. off the path would lead elsewhere.
        Directory.CreateDirectory(tool.File("real/below"));
        tool.Write("real/block", new byte[144]);
        File.CreateSymbolicLink(tool.File("real/below/up"), "../block");
        Directory.CreateSymbolicLink(tool.File("short"), tool.File("real/below"));
    }

    public void Dispose() => tool.Dispose();

    /// <summary>Arguments (<c>@name</c> is a file of the folder) and the line with <c>@</c> for the folder.</summary>
    public static TheoryData<string, string> Table { get; } = new()
    {
        { "replay @pipe", "replay: case file '@pipe' is empty, or no regular file; one line without # must be the token" },
        { "replay @link", "replay: case file '@link' is empty, or no regular file; one line without # must be the token" },
        { "replay /dev/zero", "replay: case file '/dev/zero' is empty, or no regular file; one line without # must be the token" },
        { "replay @corpus", "replay: '@corpus': a folder; expected a token or a case file" },
        { "decode --raw @pipe", "decode: '@pipe': the file is empty, or no regular file; expected Q4_K blocks of 144 bytes" },
        { "decode --raw @link", "decode: '@link': the file is empty, or no regular file; expected Q4_K blocks of 144 bytes" },
        { "decode --raw @null", "decode: '@null': the file is empty, or no regular file; expected Q4_K blocks of 144 bytes" },
        { "decode --raw @circle", "decode: '@circle': cannot be read (more than 40 links, one behind the other); expected a file of Q4_K blocks of 144 bytes" },
        { "decode --gguf @link --tensor x", "decode: --gguf '@link', byte 0: the file is empty; expected a GGUF file" },
        { "run --gguf @null", "run: --gguf '@null', byte 0: the file is empty; expected a GGUF file" },
        { "fuzz --cases 1 --corpus @corpus", "fuzz: corpus file '@corpus/x.case' is empty, or no regular file; a file holds one token" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task What_is_no_regular_file_is_refused_in_one_line(string arguments, string line)
    {
        int code = await Task.Run(() => tool.Invoke(arguments.Split(' '))).WaitAsync(Limit);

        string expected = "spanker-conformance " + line.Replace("@", tool.Folder + "/", StringComparison.Ordinal);
        Assert.Equal((2, expected), (code, tool.Error.TrimEnd('\n')));
    }

    [Fact]
    public async Task A_pipe_in_place_of_an_empty_operand_is_not_waited_for()
    {
        tool.Write("b", new byte[144]);
        string[] arguments = "reference --a @pipe --b @b --m 0 --k 256 --n 1 --out @out".Split(' ');

        Assert.Equal(0, await Task.Run(() => tool.Invoke(arguments)).WaitAsync(Limit));
    }

    [Fact]
    public void A_file_behind_a_relative_link_in_a_linked_folder_is_read() =>
        Assert.Equal(0, tool.Invoke("decode", "--raw", "@short/up"));

    [Fact]
    public void An_output_behind_a_linked_folder_is_seen_to_be_the_input()
    {
        tool.Invoke("decode", "--raw", "@real/block", "--out", "@short/up");

        Assert.Equal(144, tool.Read("real/block").Length);
    }
}

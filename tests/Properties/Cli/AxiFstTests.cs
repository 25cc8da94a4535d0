using System.Diagnostics;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Cli;

/// <summary>The commands below <c>axi</c> on FST files.</summary>
public sealed class AxiFstTests : IDisposable
{
    private static readonly string Vcd = RepositoryRoot.File("golden/axi4/vcd/icarus.vcd");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("check", "--json")]
    [InlineData("check", "--stream")]
    [InlineData("check", "--show-map")]
    [InlineData("stats", "--json")]
    public void A_command_says_of_an_FST_file_what_it_says_of_its_VCD(string command, string option)
    {
        CliCall call = CliCall.Of("axi", command, Fst(), option);

        Assert.Equal(CliCall.Of("axi", command, Vcd, option), call);
        Assert.Equal(0, call.ExitCode);
    }

    [Fact]
    public void Without_fst2vcd_one_line_says_what_is_missing()
    {
        CliCall call = CliCall.InProcess(new Dictionary<string, string> { ["PATH"] = folder.Path }, "axi", "stats", Fst());

        Assert.Equal(3, call.ExitCode);
        string line = Assert.Single(call.Error.Trim().Split('\n'));
        Assert.Contains("the file is FST, and fst2vcd, which makes VCD of it, cannot be started (No such file or directory); expected fst2vcd of GTKWave in PATH, or VCD", line, StringComparison.Ordinal);
    }

    private string Fst()
    {
        using Process process = Process.Start(new ProcessStartInfo("vcd2fst") { ArgumentList = { Vcd, folder.File("dump.fst") }, RedirectStandardOutput = true, RedirectStandardError = true })!;
        string words = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, words);
        return folder.File("dump.fst");
    }
}

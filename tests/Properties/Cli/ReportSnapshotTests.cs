using Spanker.Conformance.Tests.Support;
using VerifyTests;
using VerifyXunit;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Cli;

/// <summary>The reports of a small run, as committed in golden/reports.</summary>
public sealed class ReportSnapshotTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly CliCall call;

    public ReportSnapshotTests() => call = CliCall.Of(
        "run", "--device", "fault:longer-a-accepted", "--device", "fault:shape-mismatch-swapped", "--filter", "MM-4,COL-4", "--seed", "1", "--report", folder.Path);

    private ReportFiles Reports => ReportFiles.Read(folder.Path).Scrubbed;

    public void Dispose() => folder.Dispose();

    [Fact]
    public Task The_json_report_of_two_faults_is_as_committed() => Verify(Reports.Json, "json", "two-faults.report");

    [Fact]
    public Task The_junit_report_of_two_faults_is_as_committed() => Verify(Reports.JUnit, "xml", "two-faults.junit");

    [Fact]
    public Task The_markdown_report_of_two_faults_is_as_committed() => Verify(Reports.Markdown, "md", "two-faults.report");

    [Fact]
    public void Each_failure_is_printed_with_the_command_that_replays_it()
    {
        string[] replays = [.. call.Lines.Where(line => line.Contains("replay: spanker-conformance replay ", StringComparison.Ordinal))];
        Assert.Equal(2, replays.Length);
        Assert.All(replays, line => Assert.Equal(1, CliCall.Of("replay", line[(line.LastIndexOf(' ') + 1)..]).ExitCode));
    }

    private static Task Verify(string text, string extension, string name)
    {
        VerifySettings settings = new();
        settings.UseDirectory(RepositoryRoot.File("golden/reports"));
        settings.UseFileName(name);
        return Verifier.Verify(text, extension, settings);
    }
}

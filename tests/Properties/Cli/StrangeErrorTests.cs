using System.Text.Json;
using System.Xml.Linq;
using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Suite.Reports;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Cli;

/// <summary>MM-15: an error that this version does not know passes through judge and reports, whatever words the device chose.</summary>
public sealed class StrangeErrorTests : IDisposable
{
    private const string Words = "burnt \u001b[31m ]]> | ``` <b> \ud800 \0 end";
    private const string Printable = "burnt \\u001b[31m ]]> | ``` <b> \\ud800 \\u0000 end";

    private readonly TemporaryFolder folder = new();
    private readonly RunReport report;
    private readonly ReportFiles files;

    public StrangeErrorTests()
    {
        RunOptions options = new(new CasePlan(1, Profile.Quick), [new StrangeSource()]) { Filter = new ClauseFilter("MM-3"), Threads = 1 };
        report = new RunReport(ConformanceRun.Run(options), ReportEnvironment.Capture(threads: 1, default, default), ggufPath: null, folder.Path);
        ReportFolder.Write(folder.Path, report);
        files = ReportFiles.Read(folder.Path);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_judge_compares_it_like_any_other_answer()
    {
        Failure failure = Assert.Single(report.Result.Devices[0].Failures);
        Assert.Equal("MM-3", failure.Clause);
        Assert.Contains("9999", failure.Deviation.Actual, StringComparison.Ordinal);
    }

    [Fact]
    public void The_json_report_carries_it()
    {
        JsonElement device = JsonDocument.Parse(files.Json).RootElement.GetProperty("devices")[0];
        Assert.Equal($"UnknownDeviceError {{ Code = 9999, Text = {Printable} }}", device.GetProperty("failures")[0].GetProperty("actual").GetString());
    }

    [Fact]
    public void The_junit_report_carries_it() => Assert.Contains(
        $"UnknownDeviceError {{ Code = 9999, Text = {Printable} }}", Assert.Single(XDocument.Parse(files.JUnit).Descendants("failure")).Attribute("message")!.Value, StringComparison.Ordinal);

    [Fact]
    public void The_markdown_report_carries_it_and_keeps_its_fence() => Assert.Contains(
        $"actual:   UnknownDeviceError {{ Code = 9999, Text = {Printable.Replace("```", "'''", StringComparison.Ordinal)} }}\n", files.Markdown, StringComparison.Ordinal);

    [Fact]
    public void A_canary_that_was_not_caught_is_named_and_no_report_calls_the_run_complete()
    {
        RunResult blind = report.Result with { Canary = new CanaryResult("fault:k-unchecked", "MM-3", WasCaught: false), IsComplete = false };
        RunReport blindReport = new(blind, report.Environment);
        ReportFolder.Write(folder.Path, blindReport);
        ReportFiles written = ReportFiles.Read(folder.Path);
        Assert.Equal(3, blind.ExitCode);
        Assert.Contains("\"complete\": false", written.Json, StringComparison.Ordinal);
        Assert.Contains("<error message=\"fault:k-unchecked, which must fail MM-3, was not caught", written.JUnit, StringComparison.Ordinal);
        Assert.Contains("**incomplete**", written.Markdown, StringComparison.Ordinal);
    }

    private sealed class StrangeSource : IDeviceSource
    {
        public string Spec => "strange";

        public IDevice Open() => new StrangeDevice();
    }

    private sealed class StrangeDevice : IMatmulDevice
    {
        public DeviceDescription Description { get; } = new() { Name = "strange" };

        public DeviceError? MatmulQ4K(in MatmulCall call) => new UnknownDeviceError(9999, Words);

        public void Dispose()
        {
        }
    }
}

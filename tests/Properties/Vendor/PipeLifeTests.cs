using System.Diagnostics;
using System.Globalization;
using Spanker.Conformance.Tests.Properties.Cli;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Vendor;

/// <summary>Programs behind a pipe in a run of the command line: missing ones, ones that break down, and what is left when a runner is killed.</summary>
public sealed class PipeLifeTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly Dictionary<string, string> NoVariables = [];
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_program_that_is_not_there_is_one_line_and_exit_code_3()
    {
        CliCall call = CliCall.Of("run", "--device", "exec:no-such-program --fast", "--seed", "1");

        Assert.Equal(3, call.ExitCode);
        Assert.Contains("there is no program 'no-such-program' on PATH", Assert.Single(call.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_of_a_run_in_which_no_device_opens_says_of_every_clause_why()
    {
        CliCall.Of("run", "--device", "exec:no-such-program", "--seed", "1", "--report", folder.File("report"));

        string json = ReportFiles.Read(folder.File("report")).Json;
        Assert.Contains("\"complete\": false", json, StringComparison.Ordinal);
        Assert.Contains("\"outcome\": \"not-supported\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("\"outcome\": \"conforms\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_that_does_not_end_its_quotation_is_wrong_use()
    {
        CliCall call = CliCall.Of("run", "--device", "exec:python3 'device.py", "--seed", "1");

        Assert.Equal(2, call.ExitCode);
        Assert.Contains("has no closing '", Assert.Single(call.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_Python_the_example_is_not_supported_with_the_reason_and_the_rest_runs()
    {
        CliCall call = CliCall.Of(
            "run", "--device", PipeDevices.ExampleSpec.Replace("python3", "/nonexistent/python3", StringComparison.Ordinal),
            "--device", "sim", "--seed", "1", "--filter", "MM-3", "--report", folder.File("report"));

        Assert.Equal(3, call.ExitCode);
        Assert.Contains("there is no program '/nonexistent/python3'", call.Error, StringComparison.Ordinal);
        Assert.Contains("sim:class=f32: conforms", call.Output, StringComparison.Ordinal);
        Assert.Contains("\"not-supported\"", ReportFiles.Read(folder.File("report")).Json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_is_replayed_by_the_token_that_it_printed()
    {
        CliCall run = CliCall.Of("run", "--device", PipeDevices.FaultySpec("raises-always"), "--seed", "1", "--filter", "MM-2");
        string line = run.Lines.First(l => l.Contains("replay:", StringComparison.Ordinal) && l.Contains("exec:", StringComparison.Ordinal));
        string shown = line[(line.IndexOf(" replay ", StringComparison.Ordinal) + " replay ".Length)..];
        string token = shown.Trim()[1..^1].Replace("'\\''", "'", StringComparison.Ordinal);

        CliCall replay = CliCall.Of("replay", token);

        Assert.Equal((1, 1), (run.ExitCode, replay.ExitCode));
        Assert.Contains("five rows are too many", replay.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_runner_is_killed_its_program_and_what_that_started_are_gone_at_the_next_start()
    {
        string pipe = folder.File("told");
        using (Process make = Process.Start("mkfifo", [pipe]))
        {
            make.WaitForExit();
        }

        using Process runner = CliCall.Start(
            NoVariables, "replay", $"mm2-g1-m5n1k256-dense-s1@{PipeDevices.FaultySpec("starts-daemon")} '{pipe}'");
        string told = await Task.Run(() => File.ReadLines(pipe).First()).WaitAsync(Patience);
        int[] pids = [.. told.Split(' ').Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
        using Process program = Process.GetProcessById(pids[0]);
        using Process child = Process.GetProcessById(pids[1]);

        runner.Kill();
        await runner.WaitForExitAsync();
        Assert.False(child.HasExited);
        CliCall.InProcess(NoVariables, "run", "--device", PipeDevices.ExampleSpec, "--seed", "1", "--filter", "MM-3");

        Assert.True(program.WaitForExit(Patience), "the program outlived the next start");
        Assert.True(child.WaitForExit(Patience), "what the program started outlived the next start");
    }
}

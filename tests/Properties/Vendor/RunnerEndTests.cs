using System.Diagnostics;
using System.Runtime.InteropServices;
using Spanker.Conformance.Tests.Properties.Cli;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Vendor;

/// <summary>A runner is killed, interrupted or stopped while its device is at each stage: nothing is left of it, and a stop changes no verdict.</summary>
public sealed partial class RunnerEndTests : IDisposable
{
    private const int StoppedOnes = 2;

    // What passes while a runner is stopped. That it is longer than the limit of a call is what the test is about.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongerThanLimit = TimeSpan.FromSeconds(3);

    private readonly StagedRunner staged = new();

    /// <summary>Device and stage.</summary>
    public static TheoryData<string, string> Stages => new()
    {
        { "lib", "build" }, { "lib", "load" }, { "lib", "describe" }, { "lib", "open" }, { "lib", "call-1" }, { "lib", "call-5" }, { "lib", "close" },
        { "exec", "start" }, { "exec", "hello" }, { "exec", "open" }, { "exec", "call-1" }, { "exec", "call-3" }, { "exec", "close" },
    };

    /// <summary>A signal, and a device and a stage.</summary>
    public static TheoryData<string, string, string> Interrupted
    {
        get
        {
            TheoryData<string, string, string> rows = new() { { "INT", "lib", "build" }, { "INT", "lib", "call-1" }, { "INT", "exec", "call-1" } };
            foreach (object[] row in Stages)
            {
                rows.Add("TERM", (string)row[0], (string)row[1]);
            }

            return rows;
        }
    }

    public void Dispose() => staged.Dispose();

    [Theory]
    [MemberData(nameof(Stages))]
    public void Nothing_is_left_of_a_killed_runner_after_the_next_start(string device, string stage)
    {
        using Process runner = staged.StartUntil(device, stage);
        StagedRunner.Signal(runner, "KILL");
        StagedRunner.AwaitEnd(runner);

        CliCall next = staged.StartNext();

        Assert.Equal((0, string.Empty), (next.ExitCode, next.Error));
        Assert.Equal([], staged.LeftOf(runner));
    }

    [Theory]
    [InlineData("lib", "build")]
    [InlineData("lib", "call-1")]
    [InlineData("exec", "call-1")]
    public void Nothing_is_left_of_a_runner_that_is_killed_while_it_is_stopped(string device, string stage)
    {
        using Process runner = staged.StartUntil(device, stage);
        Stop(runner);
        StagedRunner.Signal(runner, "KILL");
        StagedRunner.AwaitEnd(runner);

        staged.StartNext();

        Assert.Equal([], staged.LeftOf(runner));
    }

    [Theory]
    [MemberData(nameof(Interrupted))]
    public void An_interrupted_runner_reports_what_it_has_and_leaves_nothing(string signal, string device, string stage)
    {
        using Process runner = staged.StartUntil(device, stage);
        StagedRunner.Signal(runner, signal);
        int exitCode = StagedRunner.AwaitEnd(runner);

        Assert.Equal(
            (3, "spanker-conformance run: interrupted; what was judged by then is reported, marked as incomplete\n"), (exitCode, runner.StandardError.ReadToEnd()));
        Assert.Contains("\"complete\": false", ReportFiles.Read(staged.Report).Json, StringComparison.Ordinal);
        Assert.Equal([], staged.LeftOf(runner));
    }

    [Theory]
    [InlineData("lib", "build")]
    [InlineData("lib", "open")]
    [InlineData("lib", "call-5")]
    [InlineData("lib", "close")]
    [InlineData("exec", "hello")]
    [InlineData("exec", "call-3")]
    public void A_runner_that_was_stopped_for_longer_than_a_call_may_take_goes_on_as_if_nothing_had_happened(string device, string stage)
    {
        string[] limit = ["--timeout-per-case", $"{Limit.TotalSeconds:0}"];
        CliCall undisturbed = staged.RunThrough(device, limit);
        ReportFiles expected = ReportFiles.Read(staged.Report).Scrubbed;
        staged.ForgetWorker();

        using Process runner = staged.StartUntil(device, stage, limit);
        Stop(runner);
        staged.Go();
        Thread.Sleep(LongerThanLimit);
        StagedRunner.Signal(runner, "CONT");
        int exitCode = StagedRunner.AwaitEnd(runner);

        Assert.Equal((undisturbed.ExitCode, undisturbed.Error), (exitCode, runner.StandardError.ReadToEnd()));
        Assert.Equal(expected, ReportFiles.Read(staged.Report).Scrubbed);
    }

    [Fact]
    public void An_answer_longer_than_a_pipe_is_taken_by_a_runner_that_was_stopped_for_longer_than_the_call_may_take()
    {
        // 68000 bytes of OUT, and 65536 go into a pipe that nobody reads: the rest is written when the runner goes on.
        using StagedRunner limited = new() { LimitMilliseconds = (int)Limit.TotalMilliseconds };
        using Process runner = limited.StartUntil("call-1", ["replay", $"mm2-g1-m170n100k256-dense-s1@{StagedRunner.Program}"]);
        Stop(runner);
        limited.Go();
        Thread.Sleep(LongerThanLimit);
        StagedRunner.Signal(runner, "CONT");
        int exitCode = StagedRunner.AwaitEnd(runner);

        Assert.Contains("verdict  conforms", runner.StandardOutput.ReadToEnd(), StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
    }

    // Returns when it is stopped.
    private static void Stop(Process runner)
    {
        Span<byte> told = stackalloc byte[128];
        StagedRunner.Signal(runner, "STOP");
        Assert.Equal(0, WaitId(idType: 1, (uint)runner.Id, ref MemoryMarshal.GetReference(told), StoppedOnes));
    }

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    private static partial int WaitId(int idType, uint id, ref byte told, int options);
}

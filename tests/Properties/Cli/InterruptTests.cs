using System.Diagnostics;
using Spanker.Conformance.Cli;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Cli;

/// <summary>Ctrl-C ends a command in good order, whatever a device does.</summary>
public sealed class InterruptTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Signals => ["INT", "TERM"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Signals))]
    public void A_signal_ends_a_long_run_with_its_report_marked_incomplete(string signal)
    {
        using Process run = CliCall.Start(
            new Dictionary<string, string>(), "run", "--profile", "certify", "--device", "sim", "--seed", "1", "--report", folder.Path);

        // The second line says that cases are being tried.
        Assert.StartsWith("seed 1", run.StandardOutput.ReadLine(), StringComparison.Ordinal);
        Assert.StartsWith("judging sim", run.StandardOutput.ReadLine(), StringComparison.Ordinal);
        using Process kill = Process.Start("kill", [$"-{signal}", $"{run.Id}"]);
        string error = run.StandardError.ReadToEnd();
        Assert.True(run.WaitForExit(TimeSpan.FromMinutes(1)));
        Assert.Equal(3, run.ExitCode);
        Assert.Equal("spanker-conformance run: interrupted; what was judged by then is reported, marked as incomplete\n", error);
        Assert.Contains("\"complete\": false", ReportFiles.Read(folder.Path).Json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_cancelled_before_it_begins_judges_nothing_and_says_so()
    {
        CliCall call = CliCall.With(variables: [], new CancellationToken(canceled: true), "run", "--device", "mock", "--report", folder.Path);
        Assert.Equal(3, call.ExitCode);
        Assert.Contains("\"complete\": false", ReportFiles.Read(folder.Path).Json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_selftest_that_is_cut_off_blames_no_device_and_no_clause()
    {
        using CancellationTokenSource source = new();
        using CancellingWriter output = new("judged 10 of", source);
        using StringWriter error = new() { NewLine = "\n" };

        int exitCode = CommandLine.Invoke(["selftest", "--seed", "1", "--threads", "1"], new CommandHost(output, error, source.Token));

        Assert.Equal((3, "spanker-conformance selftest: interrupted; not every device was judged\n"), (exitCode, error.ToString()));
        Assert.DoesNotMatch("SURVIVED|UNEXPECTED|REJECTED|UNGUARDED|as expected", output.ToString());
        Assert.EndsWith(": incomplete, so no verdict\n", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Work_that_hangs_is_left_behind_when_it_is_cancelled()
    {
        using ManualResetEventSlim never = new();
        Assert.False(DetachedWork.TryRun(Hang, new CancellationToken(canceled: true), out int _));
        never.Set();

        int Hang(Action<Action> post)
        {
            never.Wait(CancellationToken.None);
            return 1;
        }
    }

    [Fact]
    public void What_work_posts_is_done_on_the_callers_thread_and_in_order()
    {
        List<(int Number, int Thread)> done = [];
        Assert.True(DetachedWork.TryRun(
            post =>
            {
                post(() => done.Add((1, Environment.CurrentManagedThreadId)));
                post(() => done.Add((2, Environment.CurrentManagedThreadId)));
                return 0;
            },
            CancellationToken.None,
            out int _));
        Assert.Equal([(1, Environment.CurrentManagedThreadId), (2, Environment.CurrentManagedThreadId)], done);
    }

    [Fact]
    public void An_exception_of_the_work_reaches_the_caller() => Assert.Throws<InvalidDataException>(
        () => DetachedWork.TryRun<int>(_ => throw new InvalidDataException("lost"), CancellationToken.None, out int _));

    /// <summary>Presses Ctrl-C, so to speak, when a line begins with certain words.</summary>
    private sealed class CancellingWriter : StringWriter
    {
        private readonly string words;
        private readonly CancellationTokenSource source;

        public CancellingWriter(string words, CancellationTokenSource source)
        {
            (this.words, this.source) = (words, source);
            NewLine = "\n";
        }

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value is not null && value.StartsWith(words, StringComparison.Ordinal))
            {
                source.Cancel();
            }
        }
    }
}

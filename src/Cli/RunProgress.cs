using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Spanker.Conformance.Suite;
using Spectre.Console;

namespace Spanker.Conformance.Cli;

/// <summary>Runs with progress on show: bars on a terminal, a line a device otherwise.</summary>
internal sealed class RunProgress : IRunObserver
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    private readonly Action<Action> post;
    private readonly Action<string, int> started;
    private readonly Action caseDone;
    private readonly Action<DeviceResult> deviceDone;

    private RunProgress(Action<Action> post, Action<string, int> started, Action caseDone, Action<DeviceResult> deviceDone)
    {
        this.post = post;
        this.started = started;
        this.caseDone = caseDone;
        this.deviceDone = deviceDone;
    }

    /// <summary>Runs; false if the run was cancelled and did not stop in time.</summary>
    /// <param name="host">The terminal, if there is one.</param>
    /// <param name="options">What is run.</param>
    /// <param name="judged">Told each device that is judged; called on the caller's thread.</param>
    /// <param name="result">The run's result.</param>
    public static bool TryRun(CommandHost host, RunOptions options, Action<DeviceResult> judged, [MaybeNullWhen(false)] out RunResult result) =>
        host.IsTerminal ? TryRunWithBars(host, options, judged, out result) : TryRunWithLines(host, options, judged, out result);

    /// <inheritdoc/>
    public void DeviceStarted(string spec, int cases) => post(() => started(spec, cases));

    /// <inheritdoc/>
    public void CaseDone() => post(caseDone);

    /// <inheritdoc/>
    public void DeviceDone(DeviceResult result) => post(() => deviceDone(result));

    private static bool TryRunWithLines(CommandHost host, RunOptions options, Action<DeviceResult> judged, [MaybeNullWhen(false)] out RunResult result) =>
        DetachedWork.TryRun(
            post => ConformanceRun.Run(
                options,
                Lines(host, post, judged),
                host.Cancellation),
            host.Cancellation,
            out result);

    // A line a device, and one now and then where its cases take long.
    private static RunProgress Lines(CommandHost host, Action<Action> post, Action<DeviceResult> judged)
    {
        int all = 0;
        int done = 0;
        Stopwatch sinceLine = new();
        return new RunProgress(
            post,
            (spec, cases) =>
            {
                (all, done) = (cases, 0);
                sinceLine.Restart();
                host.Output.WriteLine($"judging {spec}: {cases} cases");
            },
            () =>
            {
                done++;
                if (sinceLine.Elapsed >= BetweenLines)
                {
                    sinceLine.Restart();
                    host.Output.WriteLine(done < all ? $"  {done} of {all} cases" : $"  {done} cases; making what failed small");
                }
            },
            judged);
    }

    private static bool TryRunWithBars(CommandHost host, RunOptions options, Action<DeviceResult> judged, [MaybeNullWhen(false)] out RunResult result)
    {
        IAnsiConsole console = Terminal.Of(host);
        RunResult? ended = null;
        bool hasEnded = console.Progress().AutoClear(true).Columns(Terminal.Columns).Start(context =>
        {
            ProgressTask? current = null;
            return DetachedWork.TryRun(
                post => ConformanceRun.Run(
                    options,
                    new RunProgress(
                        post,
                        (spec, cases) => current = context.AddTask(Markup.Escape(spec), maxValue: Math.Max(1, cases)),
                        () => current?.Increment(1),
                        done =>
                        {
                            current?.StopTask();
                            judged(done);
                        }),
                    host.Cancellation),
                host.Cancellation,
                out ended);
        });
        result = ended;
        return hasEnded;
    }
}

using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Suite.Reports;

namespace Spanker.Conformance.Cli.Commands;

/// <summary><c>run</c>: judges devices.</summary>
internal sealed class RunCommand
{
    private readonly CommandHost host;
    private readonly PlanOptions plan = new();
    private readonly Option<string> reportFolder = new("--report") { HelpName = "DIR", Description = "write report.json, junit.xml and report.md there" };
    private readonly Option<string> timeout = new("--timeout-per-case") { HelpName = "SECONDS", Description = "the time that one case may take (default: 60)" };
    private readonly Option<string> threads = new("--threads") { HelpName = "N", Description = "cases tried at a time (default: one a processor)" };

    private RunCommand(CommandHost host) => this.host = host;

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandHost host)
    {
        RunCommand run = new(host);
        Command command = new("run", "judge one device or more; exit 0: all conform, 1: one deviates, 3: nothing judged, or incomplete");
        run.plan.AddTo(command);
        command.Options.Add(run.reportFolder);
        command.Options.Add(run.timeout);
        command.Options.Add(run.threads);
        command.SetAction(run.Invoke);
        return command;
    }

    private int Invoke(ParseResult parse)
    {
        using RealTensor? tensor = plan.Tensor.Open(parse);
        RunOptions options = plan.Read(parse, host, tensor, DeviceCatalog.DefaultSpecs) with
        {
            TimeoutPerCase = OptionText.ParseSeconds("--timeout-per-case", parse.GetValue(timeout), TimeSpan.FromSeconds(60)),
            Threads = OptionText.ParseThreads(parse.GetValue(threads), Environment.ProcessorCount),
        };
        string? folder = parse.GetValue(reportFolder);
        PrepareFolder(folder);
        RequireCases(options, folder, tensor?.Path);
        host.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"seed {options.Plan.Seed}, profile {options.Plan.Profile.ToString().ToLowerInvariant()}, {options.Threads} threads"));

        DateTimeOffset start = TimeProvider.System.GetUtcNow();
        long started = Stopwatch.GetTimestamp();
        RunResult result = Judge(options);
        ReportEnvironment environment = ReportEnvironment.Capture(options.Threads, start, Stopwatch.GetElapsedTime(started));
        RunReport report = new(result, environment, tensor?.Path, folder);
        CommandException? unwritten = folder is null ? null : WriteReport(folder, report);
        RunSummary.Write(report, host.Output, CommandLine.IsVerbose(parse));
        return unwritten is null ? Conclude(report) : throw unwritten;
    }

    // What was judged is shown all the same, so it is told after that.
    private static CommandException? WriteReport(string folder, RunReport report)
    {
        try
        {
            ReportFolder.Write(folder, report);
            return null;
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            return CommandException.NotJudged($"--report '{folder}': the report cannot be written ({InputFile.Reason(unwritable)}); is there room?", unwritable);
        }
    }

    private static void PrepareFolder(string? folder)
    {
        if (folder is null)
        {
            return;
        }

        if (folder.Length == 0)
        {
            throw CommandException.Usage("--report names no folder; write --report DIR");
        }

        try
        {
            ReportFolder.Prepare(folder);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CommandException.Usage(
                $"--report '{folder}' cannot be a report folder: {InputFile.Reason(wrong)}; name a folder that can be made or written", wrong);
        }
    }

    // A run of no cases would say nothing, and say it with an air of success.
    private void RequireCases(RunOptions options, string? folder, string? tensor)
    {
        if (!DetachedWork.TryRun(_ => Plan(options), host.Cancellation, out List<PlannedDevice>? plans) || plans is null)
        {
            return;
        }

        if (plans.Count > 0 && plans.TrueForAll(plan => plan.Judgement is null))
        {
            RunResult nothing = new(options, [.. plans.Select(plan => plan.Closed())], Canary: null, IsComplete: false);
            ReportEnvironment environment = ReportEnvironment.Capture(options.Threads, TimeProvider.System.GetUtcNow(), TimeSpan.Zero);
            CommandException? unwritten = folder is null ? null : WriteReport(folder, new RunReport(nothing, environment, tensor, folder));
            string reasons = string.Join("; ", plans.Select(plan => plan.Reason!.Message));
            throw CommandException.NotJudged(unwritten is null ? reasons : $"{reasons}; {unwritten.Message}", plans[0].Reason);
        }

        if (plans.Sum(plan => plan.Judgement?.Cases.Count ?? 0) == 0)
        {
            string specs = string.Join(", ", options.Devices.Select(d => d.Spec));
            throw CommandException.NotJudged(
                $"no case to try on {specs}: filter '{options.Filter.Text}', shard {options.Shard.Index}/{options.Shard.Count}; choose clauses that can be judged there ('run --verbose' without a filter lists them), or fewer shards");
        }
    }

    private static List<PlannedDevice> Plan(RunOptions options)
    {
        ClaimedClass.RequireHolder(options.ClassName, options.Devices);
        return PlannedDevice.All(options);
    }

    private RunResult Judge(RunOptions options)
    {
        List<DeviceResult> judged = [];
        if (host.Cancellation.IsCancellationRequested)
        {
            // While the devices were opened: one that hangs would be waited for once more.
            return new RunResult(options, judged, Canary: null, IsComplete: false);
        }

        try
        {
            return RunProgress.TryRun(host, options, judged.Add, out RunResult? result)
                ? result
                : new RunResult(options, judged, Canary: null, IsComplete: false);
        }
        catch (DeviceOpenException closed)
        {
            throw CommandException.NotJudged(closed.Message, closed);
        }
    }

    private int Conclude(RunReport report)
    {
        RunResult result = report.Result;
        if (host.Cancellation.IsCancellationRequested)
        {
            throw CommandException.NotJudged("interrupted; what was judged by then is reported, marked as incomplete");
        }

        foreach (string reason in result.Devices.Select(d => d.Closed).OfType<string>())
        {
            host.Error.WriteLine($"spanker-conformance run: not judged: {PrintableText.Of(reason)}");
        }

        if (result.Canary is not { WasCaught: true })
        {
            host.Error.WriteLine($"spanker-conformance run: canary: {report.CanaryText}");
        }

        if (result.LeavesWeightsOut)
        {
            host.Error.WriteLine(
                "spanker-conformance run: no row of the real weights was judged; name a device that computes, and a filter that selects MM-13");
        }

        int unmet = result.Devices.Sum(d => d.Requirements.Count(r => r.Outcome == Outcome.NotExercised));
        host.Output.WriteLine(result.ExitCode switch
        {
            ExitCodes.Conforms when unmet > 0 => $"everything judged conforms; {unmet} clauses were not exercised",
            ExitCodes.Conforms => "everything judged conforms",
            ExitCodes.Deviates => "something deviates",
            _ => "incomplete: not everything could be judged",
        });
        return result.ExitCode;
    }
}

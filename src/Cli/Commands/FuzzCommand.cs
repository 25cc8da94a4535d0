using System.CommandLine;
using System.Globalization;
using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;

namespace Spanker.Conformance.Cli.Commands;

/// <summary><c>fuzz</c>: searches a device for failing shapes and bytes until its time is up.</summary>
internal static class FuzzCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        Option<string?> device = new("--device") { Description = "the device, as 'list devices' spells them (default: sim)", HelpName = "SPEC" };
        Option<string?> time = new("--time") { Description = "how long: 30, 90s, 1m, 2h (default: 1m)", HelpName = "TIME" };
        Option<string?> cases = new("--cases") { Description = "at most so many random cases", HelpName = "N" };
        Option<string?> seed = new("--seed") { Description = "the same seed tries the same cases in the same order (default: drawn, and printed)", HelpName = "N" };
        Option<string?> corpus = new("--corpus") { Description = "a folder of failing cases: replayed first, findings are kept there", HelpName = "DIR" };
        Option<string?> filter = new("--filter") { Description = "only the clauses that match, such as 'MM-*' or 'NUM-?,COL-7'", HelpName = "GLOB" };
        Option<string?> className = new("--class") { Description = "hold the device to this arithmetic class, not to the one it declares", HelpName = "NAME" };
        Option<string?> threads = new("--threads") { Description = "cases at a time (default: one a processor)", HelpName = "N" };
        Option<string?> timeout = new("--timeout-per-case") { Description = "the time that one case may take (default: 10s)", HelpName = "TIME" };
        Option<bool> json = new("--json") { Description = "the result as JSON" };
        Command command = new("fuzz", "search for failing shapes and bytes until the time is up")
        {
            device, time, cases, seed, corpus, filter, className, threads, timeout, json,
        };
        command.SetAction(parse =>
        {
            FuzzOptions options = new(
                OptionText.ParseDevice(parse.GetValue(device) ?? "sim"),
                OptionText.ParseSeed(parse.GetValue(seed)),
                InputText.Duration(parse.GetValue(time) ?? "1m", "--time"))
            {
                MostCases = parse.GetValue(cases) is string most ? InputText.Whole(most, "--cases", least: 1) : ulong.MaxValue,
                Filter = OptionText.ParseFilter(parse.GetValue(filter)),
                ClassName = OptionText.ParseClass(parse.GetValue(className)),
                Threads = OptionText.ParseThreads(parse.GetValue(threads), Environment.ProcessorCount),
                TimeoutPerCase = InputText.Duration(parse.GetValue(timeout) ?? "10s", "--timeout-per-case"),
                Corpus = Corpus(parse.GetValue(corpus)),
            };
            return Run(options, parse.GetValue(json), host);
        });
        return command;
    }

    private static int Run(FuzzOptions options, bool asJson, CommandHost host)
    {
        FuzzText text = new(options, host.Output);
        FuzzResult result;
        ProgressLine line = new(host);
        try
        {
            ClaimedClass.RequireHolder(options.ClassName, [options.Device]);
            if (!asJson)
            {
                text.WriteBeginning();
            }

            result = Fuzzer.Run(options, progress => Show(progress, text, line, asJson), host.Cancellation);
        }
        catch (DeviceOpenException closed)
        {
            throw CommandException.NotJudged(closed.Message, closed);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw CommandException.NotJudged($"--corpus: a finding cannot be kept ({InputFile.Reason(unwritable)})", unwritable);
        }
        finally
        {
            line.Clear();
        }

        if (asJson)
        {
            host.Output.WriteLine(text.ToJson(result));
        }
        else
        {
            text.WriteEnd(result);
        }

        return FuzzText.Complaint(result) is string complaint ? throw CommandException.NotJudged(complaint) : result.ExitCode;
    }

    private static void Show(FuzzProgress progress, FuzzText text, ProgressLine line, bool asJson)
    {
        if (progress.Latest is FuzzFinding finding && !asJson)
        {
            line.Clear();
            text.WriteFinding(finding, progress.Findings);
        }

        line.Show(string.Create(
            CultureInfo.InvariantCulture, $"{progress.Elapsed.TotalSeconds:0} s, {progress.Cases} cases, {progress.Findings} findings"));
    }

    private static FuzzCorpus? Corpus(string? folder)
    {
        if (folder is null)
        {
            return null;
        }

        if (File.Exists(folder))
        {
            throw CommandException.Usage($"--corpus {InputText.Quote(folder)}: a file; expected a folder to keep cases in");
        }

        try
        {
            return FuzzCorpus.Open(InputText.Required(folder, "--corpus", "a folder"));
        }
        catch (FormatException damaged)
        {
            throw CommandException.Usage(damaged.Message, damaged);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Usage($"--corpus {InputText.Quote(folder)}: no folder to keep cases in ({InputFile.Reason(closed)})", closed);
        }
    }
}

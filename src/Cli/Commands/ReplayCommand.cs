using System.CommandLine;
using System.Globalization;
using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Suite.Reports;

namespace Spanker.Conformance.Cli.Commands;

/// <summary><c>replay</c>: one case again, bit for bit.</summary>
internal sealed class ReplayCommand
{
    private readonly CommandHost host;
    private readonly TensorOptions tensorOptions = new();
    private readonly Argument<string> what = new("TOKEN|FILE") { Description = "the token that a failure printed, or a case file" };
    private readonly Option<string> device = new("--device") { HelpName = "SPEC", Description = "the device, in place of the one behind the token's @" };
    private readonly Option<string> className = new("--class") { HelpName = "NAME", Description = "hold the device to this arithmetic class instead of the one it declares" };
    private readonly Option<string> timeout = new("--timeout-per-case") { HelpName = "SECONDS", Description = "the time that the case may take (default: 60)" };
    private readonly Option<string> threads = new("--threads")
    {
        HelpName = "N",
        Description = "try the case N times at once, each on a device of its own, and see that all answer alike (default: 1)",
    };

    private readonly Option<string> dump = new("--vcd") { HelpName = "FILE", Description = "also write what goes over the device's bus, for GTKWave and axi check" };

    private ReplayCommand(CommandHost host) => this.host = host;

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandHost host)
    {
        ReplayCommand replay = new(host);
        Command command = new("replay", "try one case again, bit for bit; exit 0: conforms, 1: deviates, 3: nothing can be said")
        {
            replay.what, replay.device, replay.className, replay.timeout, replay.threads, replay.dump,
        };
        replay.tensorOptions.AddTo(command);
        command.SetAction(replay.Invoke);
        return command;
    }

    private int Invoke(ParseResult parse)
    {
        using RealTensor? tensor = tensorOptions.Open(parse);
        (string text, string? tokenSpec) = CaseToken.Split(ReadToken(parse.GetRequiredValue(what)));
        Case tried = ParseCase(text, tensor?.Weights);
        string spec = parse.GetValue(device) ?? tokenSpec
            ?? throw CommandException.Usage("the token names no device; write TOKEN@SPEC, or add --device SPEC");
        CaseRunner runner = new(OptionText.ParseDevice(spec), OptionText.ParseClass(parse.GetValue(className))) { KeepsDigest = true };
        int times = OptionText.ParseThreads(parse.GetValue(threads), otherwise: 1);
        TimeSpan limit = OptionText.ParseSeconds("--timeout-per-case", parse.GetValue(timeout), TimeSpan.FromSeconds(60));
        using OutputFile? dumped = parse.GetValue(dump) is string path ? OutputFile.Create(path) : null;
        IReadOnlyList<CaseRecord?> records = CasePool.Run(
            [.. Enumerable.Repeat(tried, times)], runner.Try, times, limit, progress: null, host.Cancellation);
        int exitCode = records.Any(r => r is null) ? throw CommandException.NotJudged("interrupted") : Report(tried, spec, [.. records.OfType<CaseRecord>()]);
        if (dumped is not null)
        {
            WriteDump(dumped, runner, tried, limit);
        }

        return exitCode;
    }

    // On a device of its own, so that what is judged is not what is recorded. The verdict stands whatever becomes of the dump.
    private void WriteDump(OutputFile file, CaseRunner runner, Case tried, TimeSpan limit)
    {
        BusWaves? written = null;
        CaseRecord? ended = CasePool.Run([tried], Record, threads: 1, limit, progress: null, host.Cancellation)[0];
        if (written is null)
        {
            string why = ended is null ? "interrupted" : BusDump.IsTooLarge(tried) ? "the case's buffers are too large for a dump" : "nothing went over a bus that can be watched";
            host.Error.WriteLine($"spanker-conformance replay: --vcd {InputText.Quote(file.Path)}: not written: {why}");
            return;
        }

        file.Write(0, written.Vcd.Span);
        file.Finish();
        host.Output.WriteLine($"waves in {InputText.Quote(file.Path)}, judged by: {written.CheckLine(RunReport.Quote(file.Path))}");

        CaseRecord Record(Case again)
        {
            written = BusDump.Of(runner, again);
            return new CaseRecord(again);
        }
    }

    private static string ReadToken(string argument)
    {
        try
        {
            return Directory.Exists(argument) ? throw CommandException.Usage($"{InputText.Quote(argument)}: a folder; expected a token or a case file")
                : File.Exists(argument) ? CaseFile.Read(argument)
                : argument.Contains('/', StringComparison.Ordinal) && !argument.Contains('@', StringComparison.Ordinal)
                ? throw CommandException.Usage($"'{argument}' is no file, and no token; a token looks like mm13-g1-m4n3k512-dense-s1f@sim")
                : argument;
        }
        catch (FormatException wrong)
        {
            throw CommandException.Usage(wrong.Message, wrong);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Usage($"case file {InputText.Quote(argument)} cannot be read ({InputFile.Reason(closed)})", closed);
        }
    }

    private static Case ParseCase(string text, RealWeights? weights)
    {
        try
        {
            return CaseToken.Parse(text, weights);
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException or OverflowException)
        {
            throw CommandException.Usage(wrong.Message, wrong);
        }
    }

    private int Report(Case tried, string spec, List<CaseRecord> records)
    {
        TextWriter output = host.Output;
        CaseRecord first = records[0];
        string[] digests = [.. records.Select(r => r.Digest ?? "none: the call did not end").Distinct()];
        List<Observation> broken = [.. first.Observations.Where(o => o.Deviation is not null)];
        bool deviates = records.Exists(r => r.Observations.Any(o => o.Deviation is not null));
        string verdict = deviates ? "deviates" : first.Inconclusive is not null || first.Observations.Count == 0 ? "inconclusive" : "conforms";
        output.WriteLine($"case     {Shorten(tried.Token)}");
        output.WriteLine($"clause   {tried.Clause}: {tried.Requirement.Text}");
        output.WriteLine($"device   {PrintableText.Of(spec)}");
        output.WriteLine($"shape    {tried.ShapeText}");
        output.WriteLine($"verdict  {verdict}{(first.Inconclusive is string reason && !deviates ? $": {PrintableText.Of(reason)}" : string.Empty)}");
        foreach (Observation observation in broken)
        {
            Deviation deviation = observation.Deviation!;
            output.WriteLine($"{observation.Clause} deviates: {PrintableText.Of(deviation.Message)}");
            output.WriteLine($"  expected {PrintableText.Of(deviation.Expected)}");
            output.WriteLine($"  actual   {PrintableText.Of(deviation.Actual)}");
            foreach (string line in deviation.Neighbourhood)
            {
                output.WriteLine($"  {PrintableText.Of(line)}");
            }
        }

        foreach (string digest in digests)
        {
            output.WriteLine($"result   {digest}");
        }

        ReportEnvironment environment = ReportEnvironment.Capture(records.Count, default, default);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"threads  {records.Count}"));
        output.WriteLine($"hardware {environment.HardwareText}");
        return digests.Length > 1
            ? throw CommandException.NotJudged($"{records.Count} replays at once gave {digests.Length} different results; the device is not deterministic")
            : deviates ? ExitCodes.Deviates : verdict == "conforms" ? ExitCodes.Conforms : ExitCodes.NotJudged;
    }

    private static string Shorten(string token) =>
        token.Length <= RunReport.LongestTokenInLine ? token : $"{token.AsSpan(0, 60)}... ({token.Length} characters)";
}

using System.CommandLine;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Suite.Reports;
using Spanker.Conformance.Vcd;
using Spanker.Conformance.Vcd.Discovery;

namespace Spanker.Conformance.Cli.Commands;

/// <summary><c>axi check</c>: holds the AXI4 interfaces of a VCD file against the rules.</summary>
internal static class AxiCheckCommand
{
    private static readonly (string Name, AxiProfile? Profile)[] Profiles = [("none", null), (AxiProfile.GenerationA.Name, AxiProfile.GenerationA)];

    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        Argument<string> file = new("FILE") { Description = $"{TraceInput.Description} (an FST file: fst2vcd makes a dump of it)" };
        Option<string?> map = new("--map") { Description = "names the signals of the interfaces, instead of finding them; --show-map prints one to begin with", HelpName = "FILE" };
        Option<string?> profile = new("--profile") { Description = "what the interfaces promise beyond AXI4: none (default) or generation-a", HelpName = "NAME" };
        Option<bool> showMap = new("--show-map") { Description = "print the interfaces, clocks and resets that are found, as a map, and judge nothing" };
        Option<bool> json = new("--json") { Description = "as JSON, with every transaction" };
        Command command = new("check", "hold the AXI4 interfaces of a VCD file, or a trace, against the rules; exit 0: none fails, 1: one fails, 3: no AXI4 interface, or the dump is incomplete")
        {
            file, map, profile, showMap, json,
        };
        command.SetAction(parse =>
        {
            string path = parse.GetValue(file)!;
            BusFileFormat format = TraceInput.Sniff(path);
            AxiCheckOptions options = AxiCheckOptions.Default with { Profile = ParseProfile(parse.GetValue(profile)) };
            VcdMap? names = ReadMap(parse.GetValue(map));
            if (format != BusFileFormat.Vcd)
            {
                return parse.GetValue(showMap)
                    ? throw CommandException.Usage($"--show-map: {InputText.Quote(path)} is a trace and no dump; it has no signals")
                    : AxiTraceCheckRun.Judge(host, path, format, options, parse.GetValue(json), CommandLine.IsVerbose(parse));
            }

            return Judge(host, path, names, options, parse.GetValue(showMap), parse.GetValue(json), CommandLine.IsVerbose(parse));
        });
        return command;
    }

    private static int Judge(CommandHost host, string path, VcdMap? map, AxiCheckOptions options, bool showsMap, bool isJson, bool isVerbose)
    {
        try
        {
            if (showsMap)
            {
                host.Output.Write(VcdMap.Format(VcdDiscovery.Discover(() => VcdReader.OpenFile(path), map)));
                return ExitCodes.Conforms;
            }

            if (!DetachedWork.TryRun(
                _ => VcdBusCheck.Check(() => VcdReader.OpenFile(path), map, options, isJson, host.Cancellation), host.Cancellation, out IReadOnlyList<BusVerdict>? verdicts) || verdicts is null)
            {
                throw CommandException.NotJudged("interrupted");
            }

            if (verdicts.Count == 0)
            {
                throw CommandException.NotJudged($"{InputText.Quote(path)}: {TraceInput.NoInterface}");
            }

            if (isJson)
            {
                AxiCheckJson.Write(verdicts, host.Output);
            }
            else
            {
                AxiCheckText.Write(verdicts, host.Output, isVerbose);
            }

            return verdicts.Any(verdict => verdict.Verdict.Deviates) ? ExitCodes.Deviates
                : verdicts.Any(verdict => verdict.Incomplete is not null) ? ExitCodes.NotJudged
                : ExitCodes.Conforms;
        }
        catch (VcdException wrong)
        {
            throw wrong.IsIncomplete
                ? CommandException.NotJudged($"{InputText.Quote(path)}: incomplete: {PrintableText.Of(wrong.Message)}", wrong)
                : CommandException.NotJudged($"{InputText.Quote(path)}: {PrintableText.Of(wrong.Message)}", wrong);
        }
    }

    private static AxiProfile? ParseProfile(string? name)
    {
        int index = name is null ? 0 : Array.FindIndex(Profiles, each => each.Name == name);
        return index >= 0 ? Profiles[index].Profile : throw CommandException.Usage($"--profile '{name}' is unknown; profiles of a bus are {string.Join(", ", Profiles.Select(each => each.Name))}");
    }

    /// <summary>The map of <c>--map</c>; null if none is given.</summary>
    /// <exception cref="CommandException">It is no map.</exception>
    public static VcdMap? ReadMap(string? path)
    {
        const long MostBytes = 1 << 20;
        if (path is null)
        {
            return null;
        }

        using (InputFile opened = InputFile.Open(path, "a map of signals"))
        {
            if (opened.LengthBytes > MostBytes)
            {
                throw CommandException.Usage($"--map {InputText.Quote(path)}: {opened.LengthBytes} bytes; a map has at most {MostBytes}");
            }
        }

        try
        {
            return VcdMap.Parse(File.ReadAllText(path));
        }
        catch (VcdException wrong)
        {
            throw CommandException.Usage($"--map {InputText.Quote(path)}: {PrintableText.Of(wrong.Message)}", wrong);
        }
    }
}

using System.CommandLine;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Suite.Reports;
using Spanker.Conformance.Vcd.Discovery;

namespace Spanker.Conformance.Cli.Commands;

/// <summary><c>axi check</c>: holds the AXI4 interfaces of a dump, and its streams, against the rules.</summary>
internal static class AxiCheckCommand
{
    private static readonly (string Name, AxiProfile? Profile)[] Profiles = [("none", null), (AxiProfile.GenerationA.Name, AxiProfile.GenerationA)];

    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        AxiDumpInput input = new($"{TraceInput.Description}; an FST file where fst2vcd is installed", TraceInput.Meaning);
        Option<string?> profile = new("--profile") { Description = "what the interfaces promise beyond AXI4: none (default) or generation-a", HelpName = "NAME" };
        Option<string?> memory = new("--memory") { Description = "the addresses at which a read must return what was written, where others write elsewhere too; with a profile, for dumps", HelpName = "FIRST-LAST" };
        Option<bool> streams = new("--stream") { Description = "judge the valid/ready streams too, by rules of their own" };
        Option<bool> showMap = new("--show-map") { Description = "print the interfaces, clocks and resets that are found, as a map, and judge nothing" };
        Option<bool> json = new("--json") { Description = "as JSON, with every transaction" };
        Command command = new("check", "hold the AXI4 interfaces of a VCD file, or a trace, against the rules; exit 0: none fails, 1: one fails, 3: no AXI4 interface, one on which nothing was exercised, or the dump is incomplete")
        {
            profile, memory, streams, showMap, json,
        };
        input.AddTo(command);
        command.SetAction(parse =>
        {
            AxiProfile? promised = ParseProfile(parse.GetValue(profile));
            string? range = parse.GetValue(memory);
            AxiCheckOptions options = AxiCheckOptions.Default with { Profile = range is null ? promised : MemoryRange.Bound(promised, range) };
            AxiDump dump = input.Read(parse, host);
            BusFileFormat format = TraceInput.Sniff(dump.Path);
            if (format != BusFileFormat.Vcd)
            {
                if (range is not null)
                {
                    throw CommandException.Usage($"--memory: {InputText.Quote(dump.Path)} is a trace and no dump; what a read should have returned takes the order between writes and reads");
                }

                return parse.GetValue(showMap)
                    ? throw CommandException.Usage($"--show-map: {InputText.Quote(dump.Path)} is a trace and no dump; it has no signals")
                    : AxiTraceCheckRun.Judge(host, dump.Path, format, options, parse.GetValue(json), CommandLine.IsVerbose(parse));
            }

            if (parse.GetValue(showMap))
            {
                host.Output.Write(dump.Work(() => VcdMap.Format(VcdDiscovery.Discover(dump.Open, dump.Map))));
                return ExitCodes.Conforms;
            }

            bool isJson = parse.GetValue(json);
            IReadOnlyList<AxiCheckResult> results = Judge(dump, options, parse.GetValue(streams), isJson);
            if (isJson)
            {
                AxiCheckJson.Write(results, host.Output);
            }
            else
            {
                AxiCheckText.Write(results, host.Output, CommandLine.IsVerbose(parse));
            }

            return results.Any(result => result.Deviates) ? ExitCodes.Deviates
                : results.Any(result => result.Incomplete is not null) ? ExitCodes.NotJudged
                : results.All(result => result.IsExercised) ? ExitCodes.Conforms
                : throw CommandException.NotJudged($"{InputText.Quote(dump.Path)}: nothing was exercised on {NamesOf(results.Where(result => !result.IsExercised))}: {AxiCheckText.AtRest}");
        });
        return command;
    }

    private static IReadOnlyList<AxiCheckResult> Judge(AxiDump dump, AxiCheckOptions options, bool withStreams, bool keepsTransactions)
    {
        IReadOnlyList<AxiCheckResult> results = dump.Work(() =>
        {
            IReadOnlyList<VcdInterface> found = VcdDiscovery.Discover(dump.Open, dump.Map, only: withStreams ? null : VcdInterfaceKind.Axi4);
            return (IReadOnlyList<AxiCheckResult>)
            [
                .. VcdBusCheck.Check(dump.Open, found, options, keepsTransactions, dump.Cancellation).Select(AxiCheckResult.Of),
                .. VcdStreamCheck.Check(dump.Open, found, options, dump.Cancellation).Select(AxiCheckResult.Of),
            ];
        });
        string others = withStreams ? ", and no stream: nothing else has valid and ready; --map names signals that are called otherwise" : "; --map names signals that are called otherwise, --stream judges streams";
        return results.Count > 0 ? results : throw CommandException.NotJudged(
            $"{InputText.Quote(dump.Path)}: no AXI4 interface: no scope has VALID and READY of AW, W and B, or of AR and R{others}");
    }

    private static string NamesOf(IEnumerable<AxiCheckResult> results) => PrintableText.Of(string.Join(", ", results.Select(result => result.Interface.Name)));

    private static AxiProfile? ParseProfile(string? name)
    {
        int index = name is null ? 0 : Array.FindIndex(Profiles, each => each.Name == name);
        return index >= 0 ? Profiles[index].Profile : throw CommandException.Usage($"--profile '{name}' is unknown; profiles of a bus are {string.Join(", ", Profiles.Select(each => each.Name))}");
    }
}

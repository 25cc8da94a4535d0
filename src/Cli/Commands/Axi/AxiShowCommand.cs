using System.CommandLine;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Suite.Reports;

namespace Spanker.Conformance.Cli.Commands;

/// <summary><c>axi show</c>: what passed over a bus, as golden text.</summary>
internal static class AxiShowCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        Argument<string> file = new("FILE") { Description = TraceInput.Description };
        Option<string?> map = new("--map") { Description = "names the signals of a dump's interfaces, as axi check has it", HelpName = "FILE" };
        Option<string?> name = new("--interface") { Description = "show this interface of a dump only", HelpName = "NAME" };
        Option<bool> beats = new("--beats") { Description = "a line a beat, with data and strobes" };
        Option<bool> json = new("--json") { Description = "as JSON" };
        Command command = new("show", "print what passed over a bus as golden text: transactions without timing; exit 3: the file holds none, or does not tell all")
        {
            file, map, name, beats, json,
        };
        command.SetAction(parse =>
        {
            string path = parse.GetValue(file)!;
            IReadOnlyList<BusTrace> traces = TraceInput.Read(path, AxiDumpInput.ReadMap(parse.GetValue(map)), host.Cancellation);
            if (parse.GetValue(name) is string wanted)
            {
                traces = [TraceInput.One(traces, path, wanted)];
            }

            bool hasBeats = parse.GetValue(beats);
            if (hasBeats && !traces.All(each => each.Trace.HasBeats))
            {
                throw CommandException.Usage($"--beats: {InputText.Quote(path)} holds digests of its data and no beats");
            }

            if (parse.GetValue(json))
            {
                AxiShowJson.Write(traces, hasBeats, host.Output);
            }
            else
            {
                WriteText(traces, hasBeats, host.Output);
            }

            return Close(traces, path);
        });
        return command;
    }

    /// <summary>0, or the exception that says why a trace does not tell all.</summary>
    public static int Close(IEnumerable<BusTrace> traces, string path) => traces.FirstOrDefault(each => each.Incomplete is not null) is BusTrace cut
        ? throw CommandException.NotJudged($"{InputText.Quote(path)}: incomplete: {PrintableText.Of(cut.Incomplete!)}")
        : ExitCodes.Conforms;

    private static void WriteText(IReadOnlyList<BusTrace> traces, bool hasBeats, TextWriter output)
    {
        foreach (BusTrace each in traces)
        {
            if (traces.Count > 1)
            {
                output.Write($"# interface {PrintableText.Of(each.Name)}\n");
            }

            AxiTraceText.Write(each.Trace, output, hasBeats);
        }
    }
}

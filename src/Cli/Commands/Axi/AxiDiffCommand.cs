using System.CommandLine;
using System.Globalization;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Suite.Reports;
using Spanker.Conformance.Vcd.Discovery;

namespace Spanker.Conformance.Cli.Commands;

/// <summary><c>axi diff</c>: whether two files mean the same traffic, and if not, the first transaction that differs, in words.</summary>
internal static class AxiDiffCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        Argument<string> golden = new("A") { Description = $"what is expected: {TraceInput.Description}" };
        Argument<string> found = new("B") { Description = "what was found, in the same or another form" };
        Option<string?> map = new("--map") { Description = "names the signals of a dump's interfaces, as axi check has it", HelpName = "FILE" };
        Option<string?> name = new("--interface") { Description = "the interface of a dump that has more than one", HelpName = "NAME" };
        Option<bool> json = new("--json") { Description = "as JSON" };
        Command command = new("diff", "compare two traces by meaning, not timing; exit 0: no difference, 1: different, 3: nothing could be compared, or a file does not tell all")
        {
            golden, found, map, name, json,
        };
        command.SetAction(parse =>
        {
            (string a, string b) = (parse.GetValue(golden)!, parse.GetValue(found)!);
            VcdMap? names = AxiDumpInput.ReadMap(parse.GetValue(map));
            BusTrace left = TraceInput.ReadOne(a, names, parse.GetValue(name), host.Cancellation);
            BusTrace right = TraceInput.ReadOne(b, names, parse.GetValue(name), host.Cancellation);
            AxiTraceCut cut = (left.Incomplete is null ? AxiTraceCut.None : AxiTraceCut.Golden) | (right.Incomplete is null ? AxiTraceCut.None : AxiTraceCut.Found);
            AxiTraceComparison comparison = TraceInput.Interruptible(() => AxiTraceDiff.Compare(right.Trace, left.Trace, InputText.Quote(a), cut), host.Cancellation);
            if (parse.GetValue(json))
            {
                WriteJson(comparison, cut == AxiTraceCut.None, host.Output);
            }
            else
            {
                WriteText(comparison, cut == AxiTraceCut.None, host.Output);
            }

            return comparison.First is not null ? ExitCodes.Deviates : Close(comparison, left, a, right, b);
        });
        return command;
    }

    private static int Close(AxiTraceComparison comparison, BusTrace left, string a, BusTrace right, string b)
    {
        _ = AxiShowCommand.Close([left], a);
        _ = AxiShowCommand.Close([right], b);
        return comparison.Writes + comparison.Reads > 0
            ? ExitCodes.Conforms
            : throw CommandException.NotJudged("neither file holds a transaction: nothing was compared");
    }

    private static void WriteText(AxiTraceComparison comparison, bool isComplete, TextWriter output)
    {
        output.WriteLine(comparison.First is AxiTraceDifference first
            ? PrintableText.Of(first.Message)
            : string.Create(CultureInfo.InvariantCulture, $"no difference{(isComplete ? string.Empty : " as far as both tell")}: {comparison.Writes} writes, {comparison.Reads} reads"));
        if (comparison.Lacking > 0)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"held against nothing, where a file does not tell all: {comparison.Lacking}"));
        }

        if (comparison.DataNotCompared > 0)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"the data of {comparison.DataNotCompared} reads was not compared: one side has a digest only, over other lanes"));
        }
    }

    private static void WriteJson(AxiTraceComparison comparison, bool isComplete, TextWriter output) => JsonOutput.Write(output, json =>
    {
        json.WriteBoolean("different", comparison.First is not null);
        if (comparison.First is AxiTraceDifference first)
        {
            json.WriteStartObject("difference");
            json.WriteString("kind", first.Kind);
            if (first.Index is int index)
            {
                json.WriteNumber("index", index);
            }
            else
            {
                json.WriteNull("index");
            }

            json.WriteString("message", first.Message);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("difference");
        }

        json.WriteNumber("writes", comparison.Writes);
        json.WriteNumber("reads", comparison.Reads);
        json.WriteNumber("data_not_compared", comparison.DataNotCompared);
        json.WriteBoolean("complete", isComplete);
        json.WriteNumber("lacking", comparison.Lacking);
    });
}

using System.CommandLine;
using System.Text;
using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Suite.Reports;

namespace Spanker.Conformance.Cli.Commands;

/// <summary><c>axi convert</c>: a trace in another form.</summary>
internal static class AxiConvertCommand
{
    private static readonly string[] Forms = ["text", "json", "yaml"];

    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        Argument<string> file = new("FILE") { Description = TraceInput.Description };
        Option<string?> to = new("--to") { Description = "text (golden text), json (which another bench can replay) or yaml (the same)", HelpName = "FORM" };
        Option<string?> output = new("--out") { Description = "the file to write", HelpName = "FILE" };
        Option<bool> beats = new("--beats") { Description = "text: a line a beat, with data and strobes" };
        Option<string?> timing = new("--timing") { Description = "write the cycles here, and not beside the transactions", HelpName = "FILE" };
        Option<bool> noTiming = new("--no-timing") { Description = "leave the cycles out" };
        Option<string?> map = new("--map") { Description = "names the signals of a dump's interfaces, as axi check has it", HelpName = "FILE" };
        Option<string?> name = new("--interface") { Description = "the interface of a dump that has more than one", HelpName = "NAME" };
        Command command = new("convert", "write a trace in another form; exit 3: the file holds none, or does not tell all")
        {
            file, to, output, beats, timing, noTiming, map, name,
        };
        command.SetAction(parse =>
        {
            string path = parse.GetValue(file)!;
            string form = ParseForm(parse.GetValue(to));
            string target = InputText.Required(parse.GetValue(output), "--out", "the file to write");
            string? side = parse.GetValue(timing);
            bool hasBeats = parse.GetValue(beats);
            if (hasBeats && form != "text")
            {
                throw CommandException.Usage($"--beats: {form} always has the beats; --beats goes with --to text");
            }

            if (side is not null && parse.GetValue(noTiming))
            {
                throw CommandException.Usage("--timing and --no-timing: give one of them");
            }

            BusTrace read = TraceInput.ReadOne(path, AxiDumpInput.ReadMap(parse.GetValue(map)), parse.GetValue(name), host.Cancellation);
            _ = AxiShowCommand.Close([read], path);
            if (side is not null && read.Trace.Timing is null)
            {
                throw CommandException.Usage($"--timing: {InputText.Quote(path)} holds no cycles");
            }

            bool dropsTiming = side is not null || parse.GetValue(noTiming);
            AxiTrace trace = read.Trace with { Timing = dropsTiming ? null : read.Trace.Timing };
            using MemoryStream bytes = TraceInput.Interruptible(() => Rendered(trace, form, hasBeats, path), host.Cancellation);
            Save(bytes, target, [path]);
            if (side is not null)
            {
                using MemoryStream cycles = new();
                AxiTimingJson.Write(read.Trace.Timing!, cycles);
                Save(cycles, side, [path, target]);
            }

            int count = read.Trace.Transactions.Count;
            host.Output.WriteLine($"{count} transaction{(count == 1 ? string.Empty : "s")} as {form} in {InputText.Quote(target)}{(side is null ? string.Empty : $", cycles in {InputText.Quote(side)}")}");
            return ExitCodes.Conforms;
        });
        return command;
    }

    private static string ParseForm(string? text)
    {
        string form = InputText.Required(text, "--to", string.Join(", ", Forms));
        return Forms.Contains(form) ? form : throw CommandException.Usage($"--to {InputText.Quote(form)} is unknown; forms are {string.Join(", ", Forms)}");
    }

    private static MemoryStream Rendered(AxiTrace trace, string form, bool hasBeats, string path)
    {
        MemoryStream bytes = new();
        try
        {
            if (form == "json")
            {
                AxiTraceJson.Write(trace, bytes);
            }
            else
            {
                using StreamWriter text = new(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
                if (form == "text")
                {
                    AxiTraceText.Write(trace, text, hasBeats);
                }
                else
                {
                    AxiTraceYaml.Write(trace, text);
                }
            }
        }
        catch (AxiTraceException wrong)
        {
            throw CommandException.Usage($"{InputText.Quote(path)}: {PrintableText.Of(wrong.Message)}", wrong);
        }

        return bytes.Length <= AxiTraceLimits.MostBytes
            ? bytes
            : throw CommandException.NotJudged($"{InputText.Quote(path)}: {bytes.Length} bytes as {form}; a trace has at most {AxiTraceLimits.MostBytes}");
    }

    private static void Save(MemoryStream bytes, string path, ReadOnlySpan<string> others)
    {
        using OutputFile output = OutputFile.Create(path, others);
        output.Write(0, bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        output.Finish();
    }
}

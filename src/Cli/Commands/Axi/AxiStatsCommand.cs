using System.CommandLine;
using System.Text;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Suite.Bus;

namespace Spanker.Conformance.Cli.Commands;

/// <summary><c>axi stats</c>: measures the AXI4 interfaces of a dump.</summary>
internal static class AxiStatsCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        AxiDumpInput input = new();
        Option<bool> json = new("--json") { Description = "as JSON" };
        Option<string?> svg = new("--svg") { Description = "also draw the timelines into this file", HelpName = "FILE" };
        Command command = new("stats", "measure the AXI4 interfaces of a VCD file: latencies, outstanding, throughput, channel uses; exit 0: measured, 3: no AXI4 interface, or the dump is incomplete")
        {
            json, svg,
        };
        input.AddTo(command);
        command.SetAction(parse =>
        {
            AxiDump dump = input.Read(parse, host);
            if (TraceInput.TrySniff(dump.Path) is BusFileFormat format and not BusFileFormat.Vcd)
            {
                throw CommandException.Usage(
                    $"{InputText.Quote(dump.Path)} is a trace ({format.ToString().ToLowerInvariant()}), which does not say when READY was high; expected the dump (VCD or FST) that it was made from");
            }

            IReadOnlyList<BusMetrics> measured = dump.Work(() => VcdBusMeter.Measure(dump.Open, dump.Map, dump.Cancellation));
            if (measured.Count == 0)
            {
                throw CommandException.NotJudged(
                    $"{InputText.Quote(dump.Path)}: no AXI4 interface: no scope has VALID and READY of AW, W and B, or of AR and R; --map names signals that are called otherwise");
            }

            if (parse.GetValue(svg) is string picture)
            {
                using OutputFile file = OutputFile.Create(picture, dump.Path);
                file.Write(0, Encoding.UTF8.GetBytes(TimelineSvg.Draw(measured)));
                file.Finish();
            }

            if (parse.GetValue(json))
            {
                AxiStatsJson.Write(measured, host.Output);
            }
            else
            {
                AxiStatsText.Write(measured, host.Output);
            }

            return measured.Any(each => each.Incomplete is not null) ? ExitCodes.NotJudged : ExitCodes.Conforms;
        });
        return command;
    }
}

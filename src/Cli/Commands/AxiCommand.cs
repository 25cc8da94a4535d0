using System.CommandLine;

namespace Spanker.Conformance.Cli.Commands;

/// <summary><c>axi</c>: the AXI4 boundary, and the commands below it.</summary>
internal static class AxiCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host) => new("axi", "the AXI4 boundary: traces of a bus, rule by rule")
    {
        AxiCheckCommand.Create(host),
        AxiShowCommand.Create(host),
        AxiDiffCommand.Create(host),
        AxiConvertCommand.Create(host),
        AxiStatsCommand.Create(host),
    };
}

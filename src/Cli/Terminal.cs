using Spectre.Console;

namespace Spanker.Conformance.Cli;

/// <summary>The terminal for progress bars.</summary>
internal static class Terminal
{
    /// <summary>What stands on a line of progress.</summary>
    public static ProgressColumn[] Columns => [new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn()];

    /// <summary>The terminal of a host, without colours where they are not wanted.</summary>
    public static IAnsiConsole Of(CommandHost host) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(host.Output),
        ColorSystem = host.WantsColor ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
    });
}

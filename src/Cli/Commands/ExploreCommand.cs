using System.CommandLine;
using System.Diagnostics;
using System.Text;
using Spanker.Conformance.Suite;

namespace Spanker.Conformance.Cli.Commands;

/// <summary><c>explore</c>: the interleavings of a collective.</summary>
internal static class ExploreCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandHost host)
    {
        ExploreOptions options = new();
        Option<string?> diagram = new("--diagram") { HelpName = "FILE", Description = "write the sequence diagram of a finding, or of a replay, to FILE.svg or FILE.txt" };
        Option<bool> json = new("--json") { Description = "the result as JSON" };
        Command command = new("explore", "run a collective in every interleaving that matters, or in a sample of them");
        options.AddTo(command);
        command.Options.Add(diagram);
        command.Options.Add(json);
        command.SetAction(parse => Run(options.Read(parse), DiagramFile(parse.GetValue(diagram)), parse.GetValue(json), host));
        return command;
    }

    private static int Run(ExploreRequest request, string? diagramFile, bool asJson, CommandHost host)
    {
        ExploreText text = new(request, host.Output);
        if (!asJson)
        {
            text.WriteBeginning();
        }

        long started = Stopwatch.GetTimestamp();
        ExplorationSummary summary = Explore(request, host);
        if (asJson)
        {
            JsonOutput.Write(host.Output, json => ExploreJson.Write(json, request, summary));
        }
        else
        {
            text.WriteEnd(summary, Stopwatch.GetElapsedTime(started));
        }

        if (diagramFile is not null && (summary.Finding?.Diagram ?? summary.Replayed) is SequenceDiagram drawn)
        {
            WriteDiagram(diagramFile, drawn);
        }

        return summary.Finding is not null ? ExitCodes.Deviates
            : summary.IsInterrupted ? throw CommandException.NotJudged("interrupted; what was explored by then stands, marked as incomplete")
            : summary.Schedules == 0 ? throw CommandException.NotJudged("no schedule came to an end, so nothing was explored; raise --schedules")
            : ExitCodes.Conforms;
    }

    private static ExplorationSummary Explore(ExploreRequest request, CommandHost host)
    {
        ProgressLine line = new(host);
        try
        {
            return CollectiveExploration.Run(request.Plan, host.IsTerminal ? [new ExploreProgress(line)] : [], host.Cancellation);
        }
        catch (FormatException misfit)
        {
            throw CommandException.Usage($"--replay: {misfit.Message}", misfit);
        }
        finally
        {
            line.Clear();
        }
    }

    private static string? DiagramFile(string? path) => path switch
    {
        null => null,
        _ when path.EndsWith(".svg", StringComparison.Ordinal) || path.EndsWith(".txt", StringComparison.Ordinal) =>
            Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder)
                ? throw CommandException.Usage($"--diagram {InputText.Quote(path)}: there is no folder {InputText.Quote(folder)}")
                : path,
        _ => throw CommandException.Usage($"--diagram {InputText.Quote(path)}: write FILE.svg for a picture or FILE.txt for plain letters"),
    };

    private static void WriteDiagram(string path, SequenceDiagram diagram)
    {
        using OutputFile file = OutputFile.Create(path);
        file.Write(0, Encoding.UTF8.GetBytes(path.EndsWith(".svg", StringComparison.Ordinal) ? SequenceSvg.Draw(diagram) : SequenceText.Draw(diagram)));
        file.Finish();
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;
using Spanker.Conformance.Cli.Commands;
using Spanker.Conformance.Suite.Reports;

namespace Spanker.Conformance.Cli;

/// <summary>The command line as a whole: finds the command, runs it, and turns every failure into an exit code and one line.</summary>
public static class CommandLine
{
    private const string Name = "spanker-conformance";

    private static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "say more: every clause with the edges reached, and stack traces of errors",
        Recursive = true,
    };

    /// <summary>Runs a command with the process's environment variables and without a terminal.</summary>
    /// <param name="args">The arguments, the command first.</param>
    /// <param name="output">Takes what a process would write to stdout.</param>
    /// <param name="error">Takes what a process would write to stderr.</param>
    /// <returns>The exit code.</returns>
    public static int Invoke(IReadOnlyList<string> args, TextWriter output, TextWriter error) =>
        Invoke(args, new CommandHost(output, error, CancellationToken.None));

    /// <summary>Runs a command.</summary>
    /// <returns>The exit code.</returns>
    public static int Invoke(IReadOnlyList<string> args, CommandHost host)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(host);
        ParseResult parse = MakeRoot(host).Parse(args, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        bool isVerbose = args.Contains(Verbose.Name);
        try
        {
            if (parse.Errors.Count > 0)
            {
                throw CommandException.Usage(UsageErrors.Describe(parse));
            }

            // Signals are this program's own affair: the library would end the process before a report is written.
            return parse.Invoke(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = host.Output,
                Error = host.Error,
            });
        }
        catch (CommandException wrong)
        {
            Say(host, parse, wrong.Message, isVerbose ? wrong : null);
            return wrong.ExitCode;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Say(host, parse, failure.Message, isVerbose ? failure : null);
            return ExitCodes.NotJudged;
        }
        catch (Exception failure)
        {
            Say(host, parse, $"the suite itself failed ({failure.GetType().Name}: {failure.Message}); --verbose shows where", isVerbose ? failure : null);
            return ExitCodes.NotJudged;
        }
    }

    private static RootCommand MakeRoot(CommandHost host)
    {
        RootCommand root = new("Judges devices that multiply Q4_K matrices: element by element, against the exact product and a proved bound.")
        {
            RunCommand.Create(host),
            ListCommand.Create(host),
            ReplayCommand.Create(host),
            SelftestCommand.Create(host),
            DecodeCommand.Create(host),
            EncodeCommand.Create(host),
            ReferenceCommand.Create(host),
            FuzzCommand.Create(host),
            AxiCommand.Create(host),
            ExploreCommand.Create(host),
            TileCommand.Create(host),
        };
        root.Options.Add(Verbose);
        root.Options.OfType<VersionOption>().Single().Action = new VersionAction();
        root.Directives.Clear();
        return root;
    }

    /// <summary>Whether the user asked for more words.</summary>
    internal static bool IsVerbose(ParseResult parse) => parse.GetValue(Verbose);

    /// <summary>The command's name with those it stands under: <c>spanker-conformance list cases</c>.</summary>
    internal static string PathOf(SymbolResult? result)
    {
        List<string> names = [];
        for (; result is not null; result = result.Parent)
        {
            if (result is CommandResult { Command: var command })
            {
                names.Insert(0, command is RootCommand ? Name : command.Name);
            }
        }

        return string.Join(' ', names);
    }

    private static void Say(CommandHost host, ParseResult parse, string message, Exception? trace)
    {
        try
        {
            host.Error.WriteLine($"{PathOf(parse.CommandResult)}: {PrintableText.Of(message)}");
            if (trace is not null)
            {
                host.Error.WriteLine(trace);
            }
        }
        catch (Exception full) when (full is IOException or ArgumentOutOfRangeException)
        {
            // stderr is a file without room: the exit code is all that can still be said.
        }
    }
}

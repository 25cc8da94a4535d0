using System.CommandLine;
using System.CommandLine.Parsing;

namespace Spanker.Conformance.Cli;

/// <summary>What is wrong with a command line, in one line that names what would be right.</summary>
internal static class UsageErrors
{
    /// <summary>Describes the first error of a command line that did not parse.</summary>
    public static string Describe(ParseResult parse)
    {
        Command command = parse.CommandResult.Command;
        if (parse.UnmatchedTokens is [var stranger, ..])
        {
            return DescribeStranger(command, stranger);
        }

        ParseError error = parse.Errors[0];
        return error.SymbolResult switch
        {
            OptionResult { Option: var option, IdentifierTokenCount: > 1 } when option.Arity.MaximumNumberOfValues <= 1 =>
                $"option {option.Name} is given more than once; once is enough",
            OptionResult { Option: var option, Tokens.Count: 0 } => $"option {option.Name} lacks its value: {option.Name} {ValueOf(option)}",
            OptionResult { Option: var option } => $"option {option.Name} takes one value: {option.Name} {ValueOf(option)}",
            ArgumentResult { Argument: var argument } => $"{argument.Name} is missing: {argument.Description}",
            CommandResult when command.Subcommands.Count > 0 => $"a command is missing; {Known(command)}",
            _ => error.Message.TrimEnd('.'),
        };
    }

    private static string DescribeStranger(Command command, string stranger)
    {
        if (stranger.StartsWith('-'))
        {
            string name = stranger.Split('=', 2)[0];
            IEnumerable<string> options = command.Options.Where(o => !o.Hidden && o.Name is not "--help").Select(o => o.Name);
            return command.Options.Any() && command is not RootCommand
                ? $"unknown option '{name}'; options are {string.Join(", ", options.Append("--verbose"))}"
                : $"unknown option '{name}'; a command comes first; {Known(command)}";
        }

        return command.Subcommands.Count > 0
            ? $"unknown command '{stranger}'; {Known(command)}"
            : $"unexpected argument '{stranger}'; {(command.Arguments.Count > 0 ? $"only {string.Join(' ', command.Arguments.Select(a => a.Name))} is taken" : "only options are taken")} (--help lists them)";
    }

    private static string ValueOf(Option option) => option.HelpName ?? "VALUE";

    private static string Known(Command command) => $"commands are {string.Join(", ", command.Subcommands.Select(c => c.Name))}";
}

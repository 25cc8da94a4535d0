namespace Spanker.Conformance.Cli;

/// <summary>Why a command cannot do what it was asked for: one line that says what was wrong and what would be right.</summary>
public sealed class CommandException : Exception
{
    private CommandException(int exitCode, string message, Exception? cause)
        : base(message, cause)
    {
        ExitCode = exitCode;
    }

    /// <summary>2: used wrongly. 3: nothing could be judged.</summary>
    public int ExitCode { get; }

    /// <summary>The command was used wrongly: exit code 2.</summary>
    public static CommandException Usage(string message, Exception? cause = null) => new(ExitCodes.Usage, message, cause);

    /// <summary>Nothing could be judged, or the run is incomplete: exit code 3.</summary>
    public static CommandException NotJudged(string message, Exception? cause = null) => new(ExitCodes.NotJudged, message, cause);
}

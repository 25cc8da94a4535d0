namespace Spanker.Conformance.Cli;

/// <summary>What a command has of the world around it, so that it can be run inside a test as well as in a process of its own.</summary>
/// <param name="Output">Results.</param>
/// <param name="Error">One line when something is wrong.</param>
/// <param name="Cancellation">Ends the command.</param>
public sealed record CommandHost(TextWriter Output, TextWriter Error, CancellationToken Cancellation)
{
    /// <summary>Reads an environment variable; null if it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Whether <see cref="Output"/> is a terminal that can redraw a line.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Whether colours are wanted: not with NO_COLOR set to anything.</summary>
    public bool WantsColor => string.IsNullOrEmpty(Variable("NO_COLOR"));

    /// <summary>The process's own streams and terminal.</summary>
    public static CommandHost OfProcess(CancellationToken cancellation) => new(Console.Out, Console.Error, cancellation)
    {
        IsTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"),
    };
}

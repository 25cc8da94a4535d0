using System.Diagnostics;
using Spanker.Conformance.Cli;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Cli;

/// <summary>What a call of the command line came to.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote to stdout.</param>
/// <param name="Error">What it wrote to stderr.</param>
public sealed record CliCall(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>The lines of stdout.</summary>
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The only line of stdout that begins with a word, without it.</summary>
    public string Field(string word) => Assert.Single(Lines, line => line.StartsWith(word + " ", StringComparison.Ordinal))[word.Length..].Trim();

    /// <summary>Calls it in this process, with no environment variable set.</summary>
    public static CliCall Of(params string[] args) => With(variables: [], CancellationToken.None, args);

    /// <summary>Calls it in this process.</summary>
    public static CliCall With(Dictionary<string, string> variables, CancellationToken cancellation, params string[] args)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter error = new() { NewLine = "\n" };
        int exitCode = CommandLine.Invoke(args, new CommandHost(output, error, cancellation) { Variable = name => variables.GetValueOrDefault(name) });
        return new CliCall(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Calls it in a process of its own.</summary>
    public static CliCall InProcess(IReadOnlyDictionary<string, string> variables, params string[] args)
    {
        using Process process = Start(variables, args);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(Limit), "the process did not end");
        return new CliCall(process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    /// <summary>Starts it in a process of its own.</summary>
    public static Process Start(IReadOnlyDictionary<string, string> variables, params string[] args)
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { typeof(CommandLine).Assembly.Location },
        };
        Array.ForEach(args, start.ArgumentList.Add);
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}

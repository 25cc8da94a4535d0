using System.Diagnostics;

namespace Spanker.Conformance.Tests.Properties.Device;

/// <summary>Runs a program to its end and keeps what it said.</summary>
internal sealed record ChildProcess(int ExitCode, string Output, string Errors)
{
    // A compiler on a busy machine, not a performance claim: whoever hits this has a hung tool.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    internal static Task<ChildProcess> RunAsync(string program, IEnumerable<string> arguments) => RunAsync(program, arguments, switchedOff: "");

    /// <summary>Runs it with one of .NET's switches of the hardware path (DOTNET_EnableAVX2 and its like) at 0 and none of the others set; empty is the machine's own path.</summary>
    internal static async Task<ChildProcess> RunAsync(string program, IEnumerable<string> arguments, string switchedOff)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };

        // The test host's own MSBuild settings would point a nested build at another SDK's files.
        foreach (string name in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (string name in start.Environment.Keys.Where(key => key.StartsWith("DOTNET_Enable", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        if (switchedOff.Length > 0)
        {
            start.Environment[switchedOff] = "0";
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start");
        using CancellationTokenSource timeout = new(Limit);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return new ChildProcess(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end within {Limit}");
        }
    }
}

using System.Diagnostics;

namespace Spanker.Conformance.Tests.Properties.Device;

/// <summary>Runs a program to its end and keeps what it said.</summary>
internal sealed record ChildProcess(int ExitCode, string Output, string Errors)
{
    // A compiler on a busy machine, not a performance claim: whoever hits this has a hung tool.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    internal static async Task<ChildProcess> RunAsync(string program, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };

        // The test host's own MSBuild settings would point a nested build at another SDK's files.
        foreach (string name in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
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

using System.ComponentModel;
using System.Diagnostics;

namespace Spanker.Conformance.Tests.Rtl;

/// <summary>A program of the simulators that ran to its end, and what it said.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Errors)
{
    // A compiler on a busy machine, not a performance claim: whoever hits this has a hung tool.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Runs a program in a folder.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="package">The package of Debian that has it.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="arguments">Its arguments.</param>
    public static ToolRun Of(string program, string package, string folder, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        Process process;
        try
        {
            process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start");
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException($"{program} is needed for the circuits of rtl/ (Debian: {package})", missing);
        }

        using (process)
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Limit))
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException($"{program} did not end within {Limit}");
            }

            return new ToolRun(process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
        }
    }

    /// <summary>The output of a program that must succeed.</summary>
    public static string OutputOf(string program, string package, string folder, params IEnumerable<string> arguments)
    {
        ToolRun run = Of(program, package, folder, arguments);
        return run.ExitCode == 0 ? run.Output : throw new InvalidOperationException($"{program} ended with {run.ExitCode}: {run.Errors}{run.Output}");
    }
}

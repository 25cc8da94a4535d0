using System.Diagnostics;
using System.Runtime.Intrinsics.X86;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Numerics;

/// <summary>The long check exact-tiles in small: the tiled product against the 128-bit engine, in a child process on each hardware path that .NET can be held to.</summary>
public sealed class ExactTilesInOtherProcessesTests
{
    // A slow, shared machine, not a performance claim: whoever hits this has a hung child.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>The path, and whether this process has what is switched off there: the machine has it then, too.</summary>
    public static TheoryData<string, bool> Paths => new()
    {
        { "own", true },
        { "avx512-off", Avx512BW.IsSupported },
        { "avx2-off", Avx2.IsSupported },
        { "all-off", true },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Every_element_equals_the_128_bit_engine_on_each_hardware_path_that_the_machine_has(string path, bool isThere)
    {
        (int exitCode, string output) = await RunCheck(path);
        bool isAbsent = output.Contains($"{path}: absent here: ", StringComparison.Ordinal);
        Assert.False(isThere && isAbsent, output);
        Assert.True(exitCode == (isAbsent ? 3 : 0), output);
    }

    private static async Task<(int ExitCode, string Output)> RunCheck(string path)
    {
        string check = Path.Combine(AppContext.BaseDirectory, "Spanker.Conformance.Tests.LongChecks.dll");
        ProcessStartInfo start = new("dotnet", [check, "exact-tiles", "--count", "20000", "--seed", "1", "--paths", path]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start");
        using CancellationTokenSource timeout = new(Limit);
        try
        {
            string output = await process.StandardOutput.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return (process.ExitCode, output);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"the check did not end within {Limit}");
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Tests.ReplayProbe;
using Spanker.Conformance.Zoo;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Suite;

/// <summary>
/// Every faulty device's shrunk token, and one right device's, replayed in child processes on each hardware path that .NET can be held to.
/// Neither the runtime's code generation (fused or not, wide or not) nor the oracle's own vector paths change a bit.
/// </summary>
public sealed class ReplayInOtherProcessesTests
{
    // A slow, shared machine, not a performance claim: whoever hits this has a hung child.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static readonly ConcurrentDictionary<(string, int), Lazy<Task<string[]>>> Children = new();

    private static readonly Lazy<string[]> Tokens = new(() =>
    [
        .. ZooCatalog.Faulty.Select(entry => CaseToken.WithDevice(ZooRuns.FailureOf(entry).Case, entry.Spec)),
        "mm13-g1-m4n3k1024-dense-s1f@sim", "mm13-g1-m4n3k1024-dense-s1f@sim:class=q8k", "num3-g1-m4n4k4352-sparse4-s2@sim:fma=true",
    ]);

    /// <summary>The hardware path, and what the child must find missing under it; empty is the machine's own.</summary>
    public static TheoryData<string, string> Paths => new()
    {
        { "", "" },
        { "DOTNET_EnableAVX512", "Avx512F Vector512" },
        { "DOTNET_EnableAVX2", "Avx2 Fma Avx512F Vector256 Vector512" },
        { "DOTNET_EnableHWIntrinsic", "Sse42 Avx2 Fma Avx512F Vector128 Vector256 Vector512" },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_child_lacks_the_instructions_that_were_switched_off(string variable, string missing)
    {
        string has = (await Replay(variable, threads: 1))[0];
        Assert.All(missing.Split(' ', StringSplitOptions.RemoveEmptyEntries), name => Assert.Contains($"{name}=False", has, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_token_replays_to_the_same_bits_on_every_hardware_path_at_1_and_at_2_threads(string variable, string missing)
    {
        Assert.NotNull(missing);
        string[] here = [.. Tokens.Value.Select(token => $"{token} {ReplayDigest.Of(token)}")];
        foreach (int threads in new[] { 1, 2 })
        {
            string[] child = [.. (await Replay(variable, threads)).Skip(1).Zip(Tokens.Value, (digest, token) => $"{token} {digest}")];
            Assert.Equal(here, child);
        }
    }

    [Fact]
    public void Every_faulty_device_s_token_replays_to_a_deviation() => Assert.All(
        Tokens.Value.Take(ZooCatalog.Faulty.Count), token => Assert.StartsWith("deviates ", ReplayDigest.Of(token), StringComparison.Ordinal));

    private static Task<string[]> Replay(string variable, int threads) =>
        Children.GetOrAdd((variable, threads), _ => new Lazy<Task<string[]>>(() => RunChild(variable, threads))).Value;

    private static async Task<string[]> RunChild(string variable, int threads)
    {
        string probe = Path.Combine(AppContext.BaseDirectory, "Spanker.Conformance.Tests.ReplayProbe.dll");
        ProcessStartInfo start = new("dotnet", [probe, threads.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(key => key.StartsWith("DOTNET_Enable", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        if (variable.Length > 0)
        {
            start.Environment[variable] = "0";
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start");
        using CancellationTokenSource timeout = new(Limit);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.StandardInput.WriteAsync(string.Join('\n', Tokens.Value).AsMemory(), timeout.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(timeout.Token);
            Assert.True(process.ExitCode == 0, await errors);
            return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"the child did not end within {Limit}");
        }
    }
}

using Spanker.Conformance.Tests.Properties.Device;
using Spanker.Conformance.Tests.ReplayProbe;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Q4K;

/// <summary>The codec as each hardware path that .NET can be held to takes it by itself: the same bits, NaNs included.</summary>
public sealed class CodecInOtherProcessesTests
{
    private const ulong Seed = 4;

    /// <summary>The hardware path, what the child must find missing under it, and the codec's paths that must follow (empty: whatever this machine has).</summary>
    public static TheoryData<string, string, string> Switches => new()
    {
        { "", "", "" },
        { "DOTNET_EnableAVX512", "Avx512F Vector512", "" },
        { "DOTNET_EnableAVX2", "Avx2 Avx512F Vector256 Vector512", "decode=Vector128 encode=Vector128" },
        { "DOTNET_EnableHWIntrinsic", "Sse42 Avx2 Avx512F Vector128 Vector256 Vector512", "decode=Portable encode=Scalar" },
    };

    [Theory]
    [MemberData(nameof(Switches))]
    public async Task A_child_process_takes_the_path_that_is_left_to_it_and_makes_the_same_bits(string switchedOff, string missing, string paths)
    {
        string probe = Path.Combine(AppContext.BaseDirectory, "Spanker.Conformance.Tests.ReplayProbe.dll");
        ChildProcess child = await ChildProcess.RunAsync("dotnet", [probe, "codec", $"{Seed}"], switchedOff);
        Assert.True(child.ExitCode == 0, child.Errors);
        string[] lines = child.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(missing.Split(' ', StringSplitOptions.RemoveEmptyEntries), name => Assert.Contains($"{name}=False", lines[0], StringComparison.Ordinal));
        Assert.Equal([paths.Length > 0 ? paths : lines[1], CodecDigest.Of(Seed)], lines[1..]);
    }
}

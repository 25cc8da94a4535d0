using System.Diagnostics;
using System.Globalization;
using Spanker.Conformance.Tests.Properties.Cli;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Vendor;

/// <summary>Which processes a start ends as leavings of a runner that is gone, and whose programs it runs.</summary>
public sealed class LeavingsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // A pid that lives with another start is one that came round again.
    [Fact]
    public void What_bears_the_mark_of_a_runner_that_is_gone_is_ended_and_what_bears_another_namespace_s_is_not()
    {
        string pids = new([.. new FileInfo("/proc/self/ns/pid").LinkTarget!.Where(char.IsAsciiDigit)]);
        string runner = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}.1");
        using Process ours = Sleeper($"{runner}.{pids}.1");
        using Process theirs = Sleeper($"{runner}.1{pids}.1");

        CliCall.InProcess(new Dictionary<string, string>(), "run", "--device", $"lib:{VendorLibraries.Sample}", "--seed", "1", "--filter", "MM-3");

        Assert.True(ours.WaitForExit(Patience), "what a gone runner left is still there");
        Assert.False(theirs.HasExited);
        theirs.Kill();
    }

    [Fact]
    public void A_program_in_a_folder_that_others_may_write_is_not_run()
    {
        // Where the cache cannot be a folder, the temporary one is taken; it is there already, and open to all.
        string cache = folder.Write("cache", "a file");
        string shared = Directory.CreateDirectory(folder.File("spanker-conformance-" + Environment.UserName)).FullName;
        using (Process open = Process.Start("chmod", ["777", shared]))
        {
            open.WaitForExit();
        }

        CliCall call = CliCall.InProcess(
            new Dictionary<string, string> { ["XDG_CACHE_HOME"] = cache, ["TMPDIR"] = folder.Path },
            "run", "--device", $"lib:{VendorLibraries.Sample}", "--seed", "1", "--filter", "MM-3");

        Assert.Equal(3, call.ExitCode);
        Assert.Contains($"'{shared}' is not this user's alone", call.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(shared));
    }

    private static Process Sleeper(string mark) =>
        Process.Start(new ProcessStartInfo("sleep", "600") { Environment = { ["SPANKER_WORKER"] = mark } })!;
}

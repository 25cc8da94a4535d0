using System.Globalization;
using Spanker.Conformance.Tests.Properties.Cli;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Vendor;

/// <summary>What the .NET runtime of a killed runner left in the temporary folder.</summary>
public sealed class RuntimeLeavingsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Pipes_of_a_runtime_that_was_killed_before_it_had_a_socket_go_and_those_of_a_living_one_stay()
    {
        // A pid that lives with another start is one that came round again: the process that made the file is gone.
        string pid = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        string stat = File.ReadAllText($"/proc/{pid}/stat");
        string start = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
        string gone = folder.Write($"clr-debug-pipe-{pid}-1-in", string.Empty);
        string living = folder.Write($"clr-debug-pipe-{pid}-{start}-in", string.Empty);
        string other = folder.Write("clr-debug-pipe-notes.txt", string.Empty);

        CliCall.InProcess(new Dictionary<string, string> { ["TMPDIR"] = folder.Path }, "run", "--device", $"lib:{VendorLibraries.Sample}", "--seed", "1", "--filter", "MM-3");

        Assert.Equal((false, true, true), (File.Exists(gone), File.Exists(living), File.Exists(other)));
    }
}

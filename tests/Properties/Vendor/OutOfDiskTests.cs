using System.Diagnostics;
using System.Globalization;
using Spanker.Conformance.Cli;
using Spanker.Conformance.Tests.Properties.Cli;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Vendor;

/// <summary>Runs that may write no file longer than so many bytes, memfds included: as on a full disk, but for every user and without one.</summary>
public sealed class OutOfDiskTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TemporaryFolder folder = new();

    public OutOfDiskTests()
    {
        Directory.CreateDirectory(folder.File("tmp"));
        Directory.CreateDirectory(folder.File("corpus"));
    }

    /// <summary>The most bytes of a file, and the beginning of what must be said. The longest of the worker's sources is 8 KiB, its program about 40, the arena 1.6 MiB.</summary>
    public static TheoryData<int, string> Limits => new()
    {
        { 1 << 10, "the worker process cannot be kept: a file in '" },
        { 7 << 10, "the worker process cannot be kept: a file in '" },
        { 33 << 10, "the C compiler 'cc' does not build the worker process: " },
        { 1 << 16, "the memory shared with the worker is not to be had: ftruncate: " },
        { 1 << 18, "the memory shared with the worker is not to be had: ftruncate: " },
        { 1 << 20, "the memory shared with the worker is not to be had: ftruncate: " },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Limits))]
    public void A_library_that_there_is_no_room_for_is_one_line_and_exit_code_3(int mostBytes, string words)
    {
        CliCall call = Within(mostBytes, "run", "--device", $"lib:{VendorLibraries.Sample}", "--seed", "1", "--filter", "MM-3", "--report", folder.File("report"));

        Assert.Equal(3, call.ExitCode);
        Assert.Contains(words, Assert.Single(call.Error.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain(Files(), file => !file.StartsWith("report/", StringComparison.Ordinal) || file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    // Each of the three files is about 9 KiB long.
    [Theory]
    [InlineData(256)]
    [InlineData(4096)]
    [InlineData(8192)]
    public void A_report_that_there_is_no_room_for_is_one_line_and_exit_code_3_and_no_report(int mostBytes)
    {
        CliCall call = Within(mostBytes, "run", "--device", "sim", "--seed", "1", "--filter", "MM-3", "--report", folder.File("report"));

        Assert.Equal(3, call.ExitCode);
        Assert.Contains("the report cannot be written (file too large: '", Assert.Single(call.Error.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Contains("sim:class=f32: conforms", call.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("report/report.json", Files());
        Assert.DoesNotContain(Files(), file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void A_finding_that_there_is_no_room_for_is_shown_and_no_half_of_it_is_kept()
    {
        string[] search = ["fuzz", "--device", "fault:nibbles-swapped", "--seed", "1", "--cases", "64", "--filter", "MM-13", "--corpus", folder.File("corpus")];
        CliCall call = Within(48, search);
        CliCall next = CliCall.InProcess(new Dictionary<string, string>(), search);

        Assert.Equal(3, call.ExitCode);
        Assert.Contains("--corpus: a finding cannot be kept (file too large: '", Assert.Single(call.Error.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Contains("finding 1, from case 1: MM-13", call.Output, StringComparison.Ordinal);
        Assert.Equal((1, string.Empty), (next.ExitCode, next.Error));
    }

    [Fact]
    public void What_a_killed_run_left_half_written_is_gone_after_the_next_one()
    {
        string cases = Directory.CreateDirectory(folder.File("report/cases")).FullName;
        string[] halves = ["report/report.json.tmp", "report/junit.xml.tmp", "report/report.md.tmp", "report/.write-probe.tmp", "report/cases/7.case.tmp", "corpus/MM-1-0.case.tmp"];
        Array.ForEach(halves, half => folder.Write(half, "{"));
        File.WriteAllText(Path.Combine(cases, "notes.tmp"), "somebody else's");

        CliCall.Of("run", "--device", "mock", "--seed", "1", "--filter", "MM-3", "--report", folder.File("report"));
        CliCall.Of("fuzz", "--device", "mock", "--seed", "1", "--cases", "1", "--corpus", folder.File("corpus"));

        Assert.Equal(["report/cases/notes.tmp", "report/junit.xml", "report/report.json", "report/report.md"], Files());
    }

    // All but the worker's program.
    private string[] Files() => [.. Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(folder.Path, path))
        .Where(path => !path.StartsWith("spanker-conformance/worker-", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];

    // SIGXFSZ is ignored, so that a write fails instead of ending the process; the runtime's own memfd, of another use, is not made.
    private CliCall Within(int mostBytes, params string[] arguments)
    {
        ProcessStartInfo start = new("sh") { RedirectStandardOutput = true, RedirectStandardError = true };
        string limit = string.Create(CultureInfo.InvariantCulture, $"trap '' XFSZ; exec prlimit --fsize={mostBytes} dotnet \"$@\"");
        Array.ForEach(["-c", limit, "sh", typeof(CommandLine).Assembly.Location, .. arguments], start.ArgumentList.Add);
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        start.Environment["TMPDIR"] = folder.File("tmp");
        start.Environment["XDG_CACHE_HOME"] = folder.Path;
        start.Environment.Remove("CC");
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(Patience), $"the process did not end within {Patience}");
        return new CliCall(process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}

using Xunit;

namespace Spanker.Conformance.Tests.Properties.Cli;

/// <summary>The same seed, device and version give the same report bytes but for the environment; another seed gives other cases.</summary>
public sealed class ReportSamenessTests : IDisposable
{
    private static readonly string[] Devices = ["--device", "fault:nibbles-swapped", "--device", "sim:class=q8k", "--filter", "MM-4,MM-13,COL-7"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void One_thread_and_two_write_the_same_reports() =>
        Assert.Equal(Run("one", "--seed", "7", "--threads", "1"), Run("two", "--seed", "7", "--threads", "2"));

    [Fact]
    public void Two_processes_write_the_same_reports()
    {
        ReportFiles[] reports = [.. Enumerable.Range(1, 2).Select(number => $"process{number}").Select(name =>
        {
            CliCall call = CliCall.InProcess(new Dictionary<string, string>(), ["run", .. Devices, "--seed", "7", "--report", folder.File(name)]);
            Assert.Equal(1, call.ExitCode);
            return ReportFiles.Read(folder.File(name)).Scrubbed;
        })];
        Assert.Equal(reports[0], reports[1]);
    }

    [Fact]
    public void The_reports_say_where_they_were_made_in_one_place_only()
    {
        ReportFiles whole = ReadAfter("whole", "--seed", "7");
        Assert.Contains("\"hardware_paths\": [", whole.Json, StringComparison.Ordinal);
        Assert.DoesNotContain("hardware", whole.Scrubbed.Json + whole.Scrubbed.JUnit + whole.Scrubbed.Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_seed_gives_other_cases()
    {
        string[] first = CasesOf("1");
        Assert.Equal(first, CasesOf("1"));
        Assert.Empty(first.Intersect(CasesOf("2")));
        Assert.NotEmpty(first);
    }

    [Fact]
    public void A_run_without_a_seed_prints_the_one_it_drew()
    {
        CliCall call = CliCall.Of("run", "--device", "mock", "--filter", "COL-2", "--report", folder.Path);
        string seed = call.Lines[0].Split(',')[0]["seed ".Length..];
        Assert.Contains($"\"seed\": \"{seed}\"", ReportFiles.Read(folder.Path).Json, StringComparison.Ordinal);
    }

    private static string[] CasesOf(string seed) =>
        [.. CliCall.Of("list", "cases", "--device", "sim", "--filter", "MM-13", "--seed", seed).Lines.Where(line => line[0] != '#')];

    private ReportFiles Run(string name, params string[] args) => ReadAfter(name, args).Scrubbed;

    private ReportFiles ReadAfter(string name, params string[] args)
    {
        CliCall call = CliCall.Of(["run", .. Devices, .. args, "--report", folder.File(name)]);
        Assert.Equal(1, call.ExitCode);
        return ReportFiles.Read(folder.File(name));
    }
}

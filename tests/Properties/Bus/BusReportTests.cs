using Spanker.Conformance.Suite;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Tests.Properties.Cli;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Bus;

/// <summary>The waves that stand beside a report.</summary>
public sealed class BusReportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_report_has_the_waves_of_its_own_failures_and_none_of_an_earlier_run()
    {
        string cases = Path.Combine(folder.Path, "cases");
        Directory.CreateDirectory(cases);
        File.WriteAllText(Path.Combine(cases, "7.vcd"), "of an earlier run");
        File.WriteAllText(Path.Combine(cases, "mine.vcd"), "somebody's");

        CliCall call = CliCall.Of("run", "--device", "fault:exclusive-polls", "--filter", "AXI-3", "--seed", "1", "--report", folder.Path);

        Assert.Equal(1, call.ExitCode);
        Assert.Equal(["1.vcd", "mine.vcd"], Directory.EnumerateFiles(cases).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_waves_of_a_failure_are_a_dump_that_axi_check_reads()
    {
        _ = CliCall.Of("run", "--device", "fault:wlast-never", "--filter", "AXI-6", "--seed", "1", "--report", folder.Path);

        CliCall check = CliCall.Of("axi", "check", Path.Combine(folder.Path, "cases", "1.vcd"));

        Assert.Equal(1, check.ExitCode);
        Assert.Contains("AXI4_ERRM_WDATA_NUM fails", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_waves_of_a_call_are_judged_by_the_command_that_is_printed_with_them()
    {
        string waves = folder.File("call.vcd");
        CliCall replay = CliCall.Of("replay", "mm13-g1-m4n3k512-dense-s1f@sim", "--vcd", waves);

        string line = Assert.Single(replay.Lines, each => each.StartsWith("waves in ", StringComparison.Ordinal));
        string[] command = line[(line.IndexOf("judged by: ", StringComparison.Ordinal) + "judged by: ".Length)..].Split(' ');
        CliCall whole = CliCall.Of("axi", "check", waves, "--profile", "generation-a");
        CliCall bounded = CliCall.Of(command[1..]);

        // Windows A and B of docs/bus.md; the status, and OUT, are written by the card.
        Assert.Equal(["spanker-conformance", "axi", "check", waves, "--profile", "generation-a", "--memory", "0x100000000000-0x2fffffffffff"], command);
        Assert.Equal((1, 0), (whole.ExitCode, bounded.ExitCode));
        Assert.Contains("EXT_RDATA_MISMATCH fails", whole.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_says_how_its_waves_are_judged()
    {
        _ = CliCall.Of("run", "--device", "fault:exclusive-polls", "--filter", "AXI-3", "--seed", "1", "--report", folder.Path);

        Assert.Contains("cases/1.vcd --profile generation-a --memory 0x100000000000-0x2fffffffffff", File.ReadAllText(folder.File("report.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_waves_of_a_case_that_is_tried_twice_are_those_of_the_try_that_counts()
    {
        Case tried = CaseToken.Parse("axi6-g1-bus-traffic-t0-r2-s1");
        TwiceTriedSail.Source twice = new();

        BusWaves? once = BusDump.Of(new CaseRunner(new TwiceTriedSail.Source { IsFresh = true }), tried);
        BusWaves? last = BusDump.Of(new CaseRunner(twice), tried);

        Assert.Equal(2, twice.Opened);
        Assert.Equal(once?.Vcd.ToArray(), last?.Vcd.ToArray());
    }
}

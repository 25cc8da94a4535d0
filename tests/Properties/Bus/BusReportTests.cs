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
}

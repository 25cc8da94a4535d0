using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Suite;

/// <summary>A card behind today's driver, which cannot submit work: what can be judged of it.</summary>
public sealed class RealPathTests
{
    private static readonly IDeviceSource Card = new RealDeviceSource(new SimulatedDriver(cardCount: 1), "/dev/spanker0");

    [Fact]
    public void A_card_over_a_driver_without_work_submit_conforms_to_what_is_said_of_it()
    {
        RunResult result = ConformanceRun.Run(new RunOptions(new CasePlan(1, Profile.Quick), [Card]) { Threads = 2 });
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(
            ["MM-14", "DRV-1", "DRV-2", "DRV-3", "DRV-4", "DRV-8", "COL-9"],
            result.Devices[0].Requirements.Where(r => r.Outcome == Outcome.Conforms).Select(r => r.Requirement.Id));
    }

    // Without a device that the two clauses can catch such a run could never be complete.
    [Theory]
    [InlineData("MM-14")]
    [InlineData("COL-9")]
    public void A_run_of_that_clause_alone_finds_a_canary(string clause)
    {
        RunResult result = ConformanceRun.Run(
            new RunOptions(new CasePlan(1, Profile.Quick), [Card]) { Filter = new ClauseFilter(clause), Threads = 2 });
        Assert.Equal((0, clause, true), (result.ExitCode, result.Canary?.Clause, result.Canary?.WasCaught));
    }
}

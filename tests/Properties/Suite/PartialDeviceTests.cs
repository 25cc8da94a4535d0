using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Suite;

/// <summary>Devices, and parts of a run, of which less can be seen than of a simulated Sail: the reports say no more than was seen.</summary>
public sealed class PartialDeviceTests
{
    [Theory]
    [InlineData("MM-8")]
    [InlineData("MM-10")]
    public void A_device_whose_traffic_cannot_be_watched_does_not_conform_to_a_clause_that_forbids_it(string clause)
    {
        RunResult result = Run(new StagedSource("untraced", () => new UntracedSail()), clause);
        RequirementResult judged = Assert.Single(result.Devices[0].Requirements, r => r.Requirement.Id == clause);
        Assert.Equal((Outcome.NotExercised, true), (judged.Outcome, judged.Reason.Contains("traffic watched", StringComparison.Ordinal)));
        Assert.Equal(3, result.ExitCode);
    }

    [Fact]
    public void A_device_that_runs_out_of_memory_does_not_take_the_run_along()
    {
        int most = Array.MaxLength;
        RunResult result = Run(new StagedSource("oom", () => new StagedSail { Before = _ => GC.KeepAlive(new float[most + 1]) }), "MM-3,COL-1");
        Assert.Equal(
            [Outcome.Inconclusive, Outcome.Conforms],
            result.Devices[0].Requirements.Where(r => r.Requirement.Id is "MM-3" or "COL-1").Select(r => r.Outcome));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void A_device_of_few_Sails_is_judged_by_every_collective_clause(int sails)
    {
        RunResult result = Run(DeviceCatalog.Resolve($"sim:cards={sails},collective=host"), "COL-?,TOP-1");
        Assert.All(
            result.Devices[0].Requirements.Where(r => r.Requirement.Id is "COL-1" or "COL-2" or "COL-3" or "COL-4" or "COL-5" or "COL-6" or "COL-7" or "TOP-1"),
            r => Assert.Equal(Outcome.Conforms, r.Outcome));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_part_of_a_run_ends_with_exit_code_0_where_none_of_its_cases_deviates(int part) =>
        Assert.Equal(0, (Run(DeviceCatalog.Resolve("mock"), "MM-3", new Shard(part, Count: 3))).ExitCode);

    [Fact]
    public void A_part_of_a_run_without_a_case_ends_with_exit_code_3() =>
        Assert.Equal(3, Run(DeviceCatalog.Resolve("mock"), "MM-3", new Shard(Index: 99, Count: 99)).ExitCode);

    [Fact]
    public void A_part_of_a_run_with_a_case_that_deviates_ends_with_exit_code_1() =>
        Assert.Equal(1, Run(DeviceCatalog.Resolve("fault:k-unchecked"), "MM-3", new Shard(Index: 1, Count: 2)).ExitCode);

    private static RunResult Run(IDeviceSource source, string filter, Shard? shard = null) =>
        ConformanceRun.Run(new RunOptions(new CasePlan(1, Profile.Quick), [source]) { Filter = new ClauseFilter(filter), Shard = shard ?? Shard.Whole, Threads = 2 });

    /// <summary>A simulated Sail without its record of phases.</summary>
    private sealed class UntracedSail : IMatmulDevice
    {
        private readonly SimSail inner = SimSource.Open(new SimOptions());

        public DeviceDescription Description => inner.Description;

        public DeviceError? MatmulQ4K(in MatmulCall call) => inner.MatmulQ4K(call);

        public void Dispose() => inner.Dispose();
    }
}

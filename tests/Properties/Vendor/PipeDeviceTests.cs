using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Vendor;

/// <summary>The example of docs/pipe-protocol.md, and what a pipe shows.</summary>
public sealed class PipeDeviceTests
{
    [Theory]
    [InlineData("MM-*,PROC-*")]
    [InlineData("NUM-*")]
    [InlineData("COL-*,TOP-*")]
    public void The_example_conforms(string filter)
    {
        using PipeDeviceSource example = PipeDevices.Example;

        DeviceResult result = PipeDevices.Judge(example, filter);

        Assert.Empty(result.Failures);
        Assert.Equal(Outcome.Conforms, result.Outcome);
        Assert.True(result.IsComplete);
    }

    [Fact]
    public void What_a_pipe_does_not_show_is_not_supported()
    {
        using PipeDeviceSource example = PipeDevices.Example;

        DeviceResult result = PipeDevices.Judge(example, "MM-9,MM-11,PROC-*");

        Assert.Equal(["MM-11", "PROC-2", "PROC-3"], result.Requirements.Where(r => r.Outcome == Outcome.NotSupported && r.Reason.Contains("pipe", StringComparison.Ordinal)).Select(r => r.Requirement.Id));
        Assert.Equal(Outcome.Conforms, result.Requirements.Single(r => r.Requirement.Id == "PROC-1").Outcome);
        Assert.Equal(Outcome.Conforms, result.Requirements.Single(r => r.Requirement.Id == "MM-9").Outcome);
    }

    [Fact]
    public void Cases_that_would_take_longer_than_a_call_may_are_not_tried()
    {
        using PipeDeviceSource example = PipeDevices.Example;
        using IDevice device = example.Open();
        DeviceLimits limits = new(device.Description, TimeSpan.FromSeconds(2));
        CasePlan plan = new(Seed: 1, Profile.Quick);

        Assert.True(limits.Allow(plan.Matmul("MM-2", new MatmulShape(M: 125, N: 250, K: 256), PlacementFamilies.Placement)));
        Assert.False(limits.Allow(plan.Matmul("MM-2", new MatmulShape(M: 126, N: 250, K: 256), PlacementFamilies.Placement)));
    }

    [Fact]
    public void Operands_and_results_longer_than_a_pipe_holds_arrive_whole()
    {
        using PipeDeviceSource example = PipeDevices.Example;
        CasePlan plan = new(Seed: 1, Profile.Quick);

        CaseRecord record = new CaseRunner(example).Try(plan.Matmul("MM-2", new MatmulShape(M: 1201, N: 257, K: 512), PlacementFamilies.Placement));

        Assert.Null(record.Inconclusive);
        Assert.Empty(PipeDevices.Broken(record));
        Assert.Contains(record.Observations, o => o.Clause == "MM-2");
    }

    [Fact]
    public void A_device_is_opened_in_the_process_of_the_one_before()
    {
        using PipeDeviceSource example = PipeDevices.Example;
        example.Open().Dispose();

        using IDevice second = example.Open();
        using IDevice fresh = example.Open(TimeSpan.FromSeconds(60), inFreshProcess: true);

        Assert.False(((IIsolatedDevice)second).IsInFreshProcess);
        Assert.True(((IIsolatedDevice)fresh).IsInFreshProcess);
    }
}

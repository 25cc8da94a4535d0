using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Zoo;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Suite;

/// <summary>What a run says of the class that a device met.</summary>
public sealed class MetClassTests
{
    [Theory]
    [InlineData("sim:class=f32,order=pairwise", "f32-pairwise")]
    [InlineData("sim:class=f32,order=sequential", "f32-sequential")]
    [InlineData("sim:class=f32,order=blocks32", "f32-blocks32")]
    [InlineData("sim:class=exact", "exact")]
    [InlineData("sim:class=bf16-accumulate", "bf16-accumulate")]
    public void No_order_of_sums_is_named_but_the_claimed_one(string spec, string met) => Assert.Equal(met, Judge(DeviceCatalog.Resolve(spec), "MM-13,NUM-*").MetClass);

    // The larger cases are not held against every claim; what they refute of the claim itself counts all the same.
    [Fact]
    public void A_claim_that_one_case_refutes_is_not_met_though_no_other_case_was_held_against_it()
    {
        FaultyEntry entry = (FaultyEntry)ZooCatalog.Find("wrong-for-17-blocks")!;
        using IDevice device = entry.Open();
        MatmulCase tried = new CasePlan(Seed: 1, Profile.Quick).Matmul("MM-2", new MatmulShape(M: 2, N: 3, K: 17 * 256), PlacementFamilies.Placement);

        CaseRecord record = new CaseRunner(entry).Try(tried);

        Assert.Contains(JudgingTerms.Of(device.Description).Claim, record.Refuted);
    }

    private static DeviceResult Judge(IDeviceSource source, string filter)
    {
        RunOptions options = new(new CasePlan(Seed: 1, Profile.Quick), [source]) { Filter = new ClauseFilter(filter), Shrinks = false, Threads = 2 };
        return DeviceJudgement.Plan(options, source).Run(null, default);
    }
}

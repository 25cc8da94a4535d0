using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Zoo;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Suite;

/// <summary>SCH-1 to SCH-3 as the suite judges them.</summary>
public sealed class SchedulerChecksTests
{
    private static readonly string[] Clauses = ["SCH-1", "SCH-2", "SCH-3"];

    [Fact]
    public void A_device_without_a_cost_model_is_not_judged_by_one()
    {
        using IDevice mock = DeviceCatalog.Resolve("mock").Open();
        Assert.All(Clauses, clause => Assert.Equal(
            (Outcome.NotApplicable, "the device offers no cost model"), Applicability.Rule(RequirementCatalogue.Find(clause)!, mock, JudgingTerms.Of(mock.Description))));
    }

    [Fact]
    public void A_device_that_offers_a_cost_model_alone_is_judged_by_it_and_conforms()
    {
        DeviceResult result = Judge(new StagedSource("alone", () => new LoneScheduler()), "*");
        Assert.Equal(Outcome.Conforms, result.Outcome);
        Assert.Equal(Clauses, result.Requirements.Where(r => r.Outcome == Outcome.Conforms).Select(r => r.Requirement.Id));
    }

    [Fact]
    public void Times_are_held_to_the_rates_that_the_device_tells() =>
        Assert.Equal(["SCH-1"], Judge(ZooCatalog.Find("rates-swapped")!, "SCH-?").Failures.Select(failure => failure.Clause));

    [Theory]
    [InlineData("sch3-g1-tile-m1n1k4e1-c2", "tie")]
    [InlineData("sch3-g1-tile-m1n1k5e1-c2", "tensor parallel|model parallel")]
    [InlineData("sch3-g1-tile-m4294967296n1k4294967296e1-c1", "saturated")]
    [InlineData("sch3-g1-transfer-b0-r0", "rate 0")]
    [InlineData("sch2-g1-tile-m7n5k11e0-c1", "e = 0")]
    public void A_case_reaches_the_edge_that_it_is_at(string token, string edges)
    {
        CaseRecord record = new CaseRunner(DeviceCatalog.Resolve("sim")).Try(CaseToken.Parse(token));
        Assert.Null(record.Observations.FirstOrDefault(o => o.Deviation is not null).Deviation);
        Assert.Contains(record.Reached, reached => edges.Split('|').Contains(reached.Edge));
    }

    [Fact]
    public void A_deviation_names_the_number_and_what_it_would_be()
    {
        Deviation? deviation = new CaseRunner(ZooCatalog.Find("bytes-saturate-one-short")!).Try(CaseToken.Parse("sch2-g1-tile-m4294967296n0k4294967296e1-c1")).DeviationFrom("SCH-2");
        Assert.Equal("weight bytes of m=4294967296,n=0,k=4294967296,e=1: 18446744073709551614, expected 18446744073709551615", deviation?.Message);
    }

    private static DeviceResult Judge(IDeviceSource source, string filter) =>
        ConformanceRun.Run(new RunOptions(new CasePlan(1, Profile.Quick), [source]) { Filter = new ClauseFilter(filter), Threads = 1 }).Devices[0];

    private sealed class LoneScheduler : CardScheduler, ISchedulerDevice
    {
        public DeviceDescription Description { get; } = new() { Name = "cost model" };

        public void Dispose()
        {
        }
    }
}

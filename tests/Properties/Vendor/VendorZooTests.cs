using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Zoo;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Vendor;

/// <summary>The zoo of vendor libraries, entry by entry. That the whole plan comes to what the entries declare is the selftest's to show.</summary>
public sealed class VendorZooTests
{
    // Clauses whose cases are many and of many shapes: what an entry does at one shape only shows among them.
    private const string ManyShapes = "MM-2,PROC-1,NUM-3,COL-1";

    public static TheoryData<string> Faulty => [.. VendorZoo.Faulty.Select(entry => entry.Name)];

    [Fact]
    public void The_zoo_is_as_large_as_it_must_be()
    {
        Assert.True(VendorZoo.Faulty.Count >= 30, "faulty libraries");
        Assert.True(VendorZoo.Harmless.Count >= 8, "harmless libraries");
    }

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_faulty_library_is_reported_by_its_clause_at_the_smallest_case_that_its_entry_declares(string name)
    {
        FaultyEntry entry = Assert.IsType<FaultyEntry>(ZooCatalog.Find(name));

        Failure failure = Assert.Single(Judge(entry).Failures, f => f.Clause == entry.Clause);

        // Races are not made smaller.
        Assert.Equal(entry.Clause == "PROC-3" ? "-" : failure.Case.ShapeText, entry.MinimalShape);
    }

    [Theory]
    [InlineData("vendor-crashes-on-one-row", "PROC-1")]
    [InlineData("vendor-exits-on-17-rows", "PROC-1")]
    [InlineData("vendor-leaves-a-child", "PROC-2")]
    [InlineData("vendor-sulks-after-a-refusal", "MM-16")]
    [InlineData("vendor-reads-past-a", "MM-11")]
    [InlineData("vendor-second-call-wrong", "MM-12")]
    public void A_failure_s_token_replays_to_the_same_deviation(string name, string clause)
    {
        FaultyEntry entry = Assert.IsType<FaultyEntry>(ZooCatalog.Find(name));
        Failure failure = Assert.Single(Judge(entry).Failures, f => f.Clause == clause);

        Deviation? again = new CaseRunner(entry.Source).Try(CaseToken.Parse(failure.Case.Token)).DeviationFrom(clause);

        Assert.Equal(failure.Deviation.Message, again?.Message);
    }

    [Fact]
    public void The_sample_library_conforms_on_every_clause_of_processes_too()
    {
        DeviceResult result = VendorLibraries.Judge(new LibDeviceSource(VendorLibraries.Sample));

        Assert.Empty(result.Failures);
        Assert.Equal(
            [Outcome.Conforms, Outcome.Conforms, Outcome.Conforms, Outcome.Conforms],
            result.Requirements.Where(r => r.Requirement.Id is "MM-11" or "PROC-1" or "PROC-2" or "PROC-3").Select(r => r.Outcome));
    }

    private static DeviceResult Judge(FaultyEntry entry)
    {
        RunOptions options = VendorLibraries.Options(entry.Source, $"{entry.Clause},{ManyShapes}") with { Shrinks = true, TimeoutPerCase = TimeSpan.FromSeconds(1) };
        return DeviceJudgement.Plan(options, entry.Source).Run(null, default);
    }
}

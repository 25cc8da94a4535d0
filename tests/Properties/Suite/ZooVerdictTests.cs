using Spanker.Conformance.Suite;
using Spanker.Conformance.Zoo;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Suite;

/// <summary>What the suite answers to each device of the zoo, against what the device's entry declared beforehand.</summary>
public sealed class ZooVerdictTests
{
    public static TheoryData<string> Faulty => ZooRuns.FaultyNames;

    public static TheoryData<string> Harmless => ZooRuns.HarmlessNames;

    [Theory]
    [MemberData(nameof(Faulty))]
    public void The_declared_clause_reports_a_faulty_device_by_its_own_cases(string name)
    {
        FaultyEntry entry = ZooRuns.Faulty(name);
        RequirementResult clause = Assert.Single(ZooRuns.ByItsClause(entry).Requirements, r => r.Requirement.Id == entry.Clause);
        Assert.Equal(Outcome.Deviates, clause.Outcome);
    }

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_failure_is_shrunk_to_the_shape_that_the_entry_declares(string name)
    {
        FaultyEntry entry = ZooRuns.Faulty(name);
        Assert.Equal(entry.MinimalShape, ZooRuns.FailureOf(entry).Case.ShapeText);
    }

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_failure_names_the_place_that_the_entry_declares(string name)
    {
        FaultyEntry entry = ZooRuns.Faulty(name);
        Assert.Contains(entry.Where ?? string.Empty, ZooRuns.FailureOf(entry).Where, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_failure_says_in_one_line_what_happened_and_what_would_be_right(string name)
    {
        Deviation deviation = ZooRuns.FailureOf(ZooRuns.Faulty(name)).Deviation;
        Assert.All([deviation.Message, deviation.Expected, deviation.Actual], text => Assert.Matches(@"\A[^\r\n]+\z", text));
        Assert.NotEqual(deviation.Expected, deviation.Actual);
    }

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_failure_s_token_names_its_case(string name)
    {
        Case shrunk = ZooRuns.FailureOf(ZooRuns.Faulty(name)).Case;
        Assert.Equal(shrunk, CaseToken.Parse(shrunk.Token));
    }

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_failure_s_token_replays_to_the_same_deviation(string name)
    {
        FaultyEntry entry = ZooRuns.Faulty(name);
        Failure failure = ZooRuns.FailureOf(entry);
        Deviation? again = new CaseRunner(entry).Try(CaseToken.Parse(failure.Case.Token)).DeviationFrom(entry.Clause);
        Assert.Equal(
            (failure.Deviation.Message, failure.Deviation.Expected, failure.Deviation.Actual, string.Join('\n', failure.Deviation.Neighbourhood)),
            (again?.Message, again?.Expected, again?.Actual, string.Join('\n', again?.Neighbourhood ?? [])));
    }

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_faulty_device_under_the_whole_plan_ends_a_run_with_exit_code_1(string name) => Assert.Equal(1, ZooRuns.Of(name).ExitCode);

    [Theory]
    [MemberData(nameof(Harmless))]
    public void A_harmless_device_under_the_whole_plan_ends_a_run_with_exit_code_0(string name) => Assert.Equal(0, ZooRuns.Of(name).ExitCode);

    [Theory]
    [MemberData(nameof(Harmless))]
    public void A_harmless_device_conforms_to_every_clause_that_it_can_be_judged_by(string name)
    {
        DeviceResult device = Assert.Single(ZooRuns.Of(name).Devices);
        Assert.All(device.Requirements, r => Assert.True(
            r.Outcome is Outcome.Conforms or Outcome.NotApplicable or Outcome.NotSupported, $"{r.Requirement.Id} {r.Outcome}: {r.Reason}"));
        Assert.True(device.Requirements.Count(r => r.Outcome == Outcome.Conforms) >= 25, "too few clauses were judged");
    }

    [Fact]
    public void The_run_over_the_whole_zoo_is_complete() => Assert.True(ZooRuns.All.IsComplete);
}

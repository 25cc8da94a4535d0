using Spanker.Conformance.Axi4;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Rules;

/// <summary>Each rule passes on a trace that keeps it, and a mutant of that trace fails exactly the committed set of rules.</summary>
public sealed class MutantTests
{
    private static readonly Dictionary<string, Mutant> Table =
        CycleMutants.All.Concat(UnknownMutants.All).Concat(TransactionMutants.All).ToDictionary(mutant => mutant.Rule);

    public static TheoryData<string> Rules => [.. Table.Keys];

    [Fact]
    public void Every_rule_of_the_catalogue_has_one_mutant() =>
        Assert.Equal(AxiRules.All.Select(rule => rule.Id).Order(), Table.Keys.Order());

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_passes_on_a_trace_that_keeps_it(string rule)
    {
        AxiVerdict verdict = Table[rule].Passing().Judge();

        Assert.Equal(Table[rule].Before, Failing(verdict));
        AxiRuleResult result = verdict.Rules.Single(each => each.Rule.Id == rule);
        Assert.Equal(AxiOutcome.Pass, result.Outcome);
        Assert.Equal((result.Armed, 0L), (result.Satisfied, result.Violated));
        Assert.True(verdict.IsComplete);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_mutant_of_a_rule_fails_exactly_the_committed_rules(string rule)
    {
        AxiVerdict verdict = Table[rule].Broken().Judge();

        string[] expected = [rule, .. Table[rule].Further.Select(further => further.Rule)];
        Assert.Equal(expected.Order(), Failing(verdict).Order());
        AxiRuleResult result = verdict.Rules.Single(each => each.Rule.Id == rule);
        Assert.NotEmpty(result.Findings);
        Assert.Equal(result.Armed, result.Satisfied + result.Violated);
    }

    private static string[] Failing(AxiVerdict verdict) =>
        [.. verdict.Rules.Where(result => result.Outcome == AxiOutcome.Fail).Select(result => result.Rule.Id)];
}

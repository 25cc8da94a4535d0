namespace Spanker.Conformance.Axi4;

/// <summary>The tallies of one check, one a rule. Checkers look theirs up once, when they are made.</summary>
internal sealed class RuleBook
{
    private readonly Dictionary<AxiRule, RuleTally> tallies;

    public RuleBook(int findingsKept) =>
        tallies = AxiRules.All.ToDictionary(rule => rule, rule => new RuleTally(rule, findingsKept));

    public RuleTally this[AxiRule rule] => tallies[rule];

    public IReadOnlyList<AxiRuleResult> Results(AxiBusShape shape) => [.. AxiRules.All.Select(rule => tallies[rule].Result(shape))];
}

namespace Spanker.Conformance.Axi4;

/// <summary>What a trace said about every rule.</summary>
/// <param name="Rules">One result a rule, in the order of <see cref="AxiRules.All"/>.</param>
/// <param name="Cycles">Cycles pushed.</param>
/// <param name="IsComplete">
/// False if the trace was cut: something was outstanding or stalled at its end and no quiet window had passed. What was outstanding then
/// is no failure, and the end-of-trace rules of that direction are not exercised.
/// </param>
/// <param name="Limit">The limit that was hit, with its likely cause; null if none was.</param>
public sealed record AxiVerdict(IReadOnlyList<AxiRuleResult> Rules, long Cycles, bool IsComplete, string? Limit)
{
    /// <summary>Whether a rule that is no mere recommendation was broken.</summary>
    public bool Deviates => Rules.Any(result => result.Outcome == AxiOutcome.Fail && result.Rule.Severity == AxiSeverity.Error);

    /// <summary>The result of one rule.</summary>
    public AxiRuleResult Of(AxiRule rule) => Rules.First(result => result.Rule == rule);
}

namespace Spanker.Conformance.Axi4;

/// <summary>What a trace said about a stream.</summary>
/// <param name="Rules">One result a rule, in the order of <see cref="StreamRules.All"/>.</param>
/// <param name="Cycles">Cycles pushed.</param>
/// <param name="Transfers">Handshakes out of reset.</param>
/// <param name="IsComplete">False if a VALID waited at the end, for less than a quiet window.</param>
public sealed record StreamVerdict(IReadOnlyList<AxiRuleResult> Rules, long Cycles, long Transfers, bool IsComplete)
{
    /// <summary>Whether a rule that is no mere recommendation was broken.</summary>
    public bool Deviates => Rules.Any(result => result.Outcome == AxiOutcome.Fail && result.Rule.Severity == AxiSeverity.Error);

    /// <summary>The result of one rule.</summary>
    public AxiRuleResult Of(AxiRule rule) => Rules.First(result => result.Rule == rule);
}

namespace Spanker.Conformance.Axi4;

/// <summary>What a trace said about one rule.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Armed">How often the rule had something to judge.</param>
/// <param name="Satisfied">How often it was kept.</param>
/// <param name="Violated">How often it was broken.</param>
/// <param name="Findings">The first violations, at most <see cref="AxiCheckOptions.FindingsKept"/>.</param>
public sealed record AxiRuleResult(
    AxiRule Rule, AxiOutcome Outcome, long Armed, long Satisfied, long Violated, IReadOnlyList<AxiFinding> Findings)
{
    /// <summary>Whether something happened that the rule is about; resets, and wires at rest, are nothing that happened.</summary>
    public bool IsExercised => Outcome == AxiOutcome.Fail || (Outcome == AxiOutcome.Pass && !Rule.IsJudgedAtRest);
}

namespace Spanker.Conformance.Axi4;

/// <summary>Counts what one rule judged.</summary>
/// <remarks>
/// Who judges makes the message of a violation in a method of its own: an interpolation takes room that is cleared at each call of the method
/// that it stands in, and nearly every call has nothing to say.
/// </remarks>
internal sealed class RuleTally(AxiRule rule, int findingsKept)
{
    private readonly List<AxiFinding> findings = [];
    private long armed;
    private long violated;

    public AxiRule Rule => rule;

    /// <summary>The rule had something to judge, and it was right.</summary>
    public void Satisfy() => armed++;

    /// <summary>The rule had something to judge so many times more; those that were wrong are violated beside it.</summary>
    public void Arm(long times) => armed += times;

    /// <summary>The rule had something to judge, and it was wrong.</summary>
    public void Violate(long cycle, string message) => Violate(cycle, rule.Blame, message);

    /// <summary>The rule had something to judge, and it was wrong by the fault of <paramref name="blame"/>.</summary>
    public void Violate(long cycle, AxiBlame blame, string message)
    {
        armed++;
        ViolateArmed(cycle, blame, message);
    }

    /// <summary>What was armed by <see cref="Arm"/>, or will be, was wrong.</summary>
    public void ViolateArmed(long cycle, AxiBlame blame, string message)
    {
        violated++;
        if (findings.Count < findingsKept)
        {
            findings.Add(new(cycle, blame, message));
        }
    }

    /// <summary>Judges one case, where making the message costs nothing that matters.</summary>
    public void Judge(bool isKept, long cycle, string message)
    {
        if (isKept)
        {
            armed++;
        }
        else
        {
            Violate(cycle, message);
        }
    }

    public AxiRuleResult Result(AxiBusShape shape) => Result(rule.IsObservable(shape));

    public AxiRuleResult Result(bool isObservable)
    {
        AxiOutcome outcome = !isObservable ? AxiOutcome.NotObservable
            : violated > 0 ? AxiOutcome.Fail
            : armed > 0 ? AxiOutcome.Pass
            : AxiOutcome.NotExercised;
        return outcome == AxiOutcome.NotObservable
            ? new(rule, outcome, Armed: 0, Satisfied: 0, Violated: 0, [])
            : new(rule, outcome, armed, armed - violated, violated, findings);
    }
}

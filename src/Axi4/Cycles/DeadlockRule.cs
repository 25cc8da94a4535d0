namespace Spanker.Conformance.Axi4;

/// <summary>EXT_DEADLOCK for one direction: while a VALID waits, some channel of the direction makes a handshake within N clocks.</summary>
internal sealed class DeadlockRule(AxiCheckOptions options, RuleBook book, string direction)
{
    private readonly RuleTally rule = book[AxiRules.Deadlock];
    private long waitedCycles;

    /// <summary>Judges one cycle out of reset.</summary>
    /// <param name="hasHandshake">Whether a channel of the direction transfers.</param>
    /// <param name="isStalled">Whether a VALID of the direction waits.</param>
    /// <param name="blame">Who keeps it waiting.</param>
    /// <param name="cycle">The cycle.</param>
    public void Push(bool hasHandshake, bool isStalled, AxiBlame blame, long cycle)
    {
        if (hasHandshake || !isStalled)
        {
            if (waitedCycles > 0)
            {
                EndWait(hasHandshake);
            }
        }
        else if (++waitedCycles == options.DeadlockCycles + 1)
        {
            rule.Violate(cycle, blame, Message());
        }
    }

    public void Forget() => waitedCycles = 0;

    private string Message() => $"{direction}: a VALID waits, and nothing has moved for more than {options.DeadlockCycles} clocks";

    private void EndWait(bool hasHandshake)
    {
        if (hasHandshake && waitedCycles <= options.DeadlockCycles)
        {
            rule.Satisfy();
        }

        waitedCycles = 0;
    }
}

namespace Spanker.Conformance.Axi4;

/// <summary>
/// Judges a trace by the rules that need transactions only (<see cref="AxiRule.IsOfTransactions"/>): each is put on the pins in a canonical
/// timing and pushed through the checker. A trace does not hold what the other rules look at, so they are not observable.
/// </summary>
public static class AxiTraceCheck
{
    /// <summary>Judges a trace.</summary>
    /// <param name="trace">The trace.</param>
    /// <param name="options">Profile and limits; waits do not matter.</param>
    /// <param name="cancellation">Ends the work between two transactions.</param>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static AxiTraceVerdict Check(AxiTrace trace, AxiCheckOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(trace);
        ArgumentNullException.ThrowIfNull(options);
        AxiCheckOptions asked = options with { Profile = options.Profile is null ? null : options.Profile with { TargetIsMemory = false } };
        AxiChecker checker = new(trace.Shape, asked);
        RuleTally writeBeats = new(AxiRules.WriteBeats, options.FindingsKept);
        RuleTally readBeats = new(AxiRules.ReadBeats, options.FindingsKept);
        long[] firstCycles = new long[trace.Transactions.Count];
        bool areStrobesKnown = true;
        for (int index = 0; index < firstCycles.Length; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            AxiTraceTransaction each = trace.Transactions[index];
            firstCycles[index] = checker.Cycles;
            JudgeBeats(each.IsRead ? readBeats : writeBeats, each, checker.Cycles);
            areStrobesKnown &= each.IsRead || each.Beats is not null || each.Summary.LanesDigest is null;
            AxiCanonicalTiming.Push(each, trace.Shape, checker);
        }

        AxiVerdict verdict = checker.Finish();
        return new(verdict with { Rules = [.. verdict.Rules.Select(Seen)] }, firstCycles);

        AxiRuleResult Seen(AxiRuleResult result)
        {
            bool isUnknown = result.Rule == AxiRules.Strobes && !areStrobesKnown && result.Outcome != AxiOutcome.Fail;
            return !result.Rule.IsOfTransactions || isUnknown ? new(result.Rule, AxiOutcome.NotObservable, Armed: 0, Satisfied: 0, Violated: 0, [])
                : result.Rule == AxiRules.WriteBeats ? writeBeats.Result(trace.Shape)
                : result.Rule == AxiRules.ReadBeats ? readBeats.Result(trace.Shape)
                : result;
        }
    }

    // A trace says which beats are a transaction's; on the pins that is concluded from LAST, which is what is in doubt.
    private static void JudgeBeats(RuleTally rule, AxiTraceTransaction transaction, long cycle)
    {
        (AxiTraceAddress address, AxiTraceSummary summary) = (transaction.Address, transaction.Summary);
        bool isKept = summary.Beats == address.Burst.Beats && summary.HasUsualLast;
        string last = summary.LastBeats.Count == 0 ? "none" : string.Join(", ", summary.LastBeats);
        rule.Judge(isKept, cycle, isKept ? string.Empty : $"id {address.Id} at 0x{address.Burst.Address:x}: {summary.Beats} beats, counted from 0 those with LAST: {last}; {(address.IsRead ? "ARLEN" : "AWLEN")} asks for {address.Burst.Beats}");
    }
}

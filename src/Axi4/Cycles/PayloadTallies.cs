namespace Spanker.Conformance.Axi4;

/// <summary>The stability and x rules of a channel's payload signals, for the rare cycle in which one is broken.</summary>
internal sealed class PayloadTallies(RuleBook book)
{
    private readonly RuleBook book = book;

    /// <summary>A payload signal is not what it was while its VALID waited.</summary>
    public void Changed(AxiSignal signal, long cycle, string? detail = null)
    {
        RuleTally rule = book[AxiSignalRules.StableOf(signal)];
        rule.ViolateArmed(cycle, rule.Rule.Blame, detail ?? $"{AxiSignalRules.NameOf(signal)} changed while its VALID waited for READY");
    }

    /// <summary>A payload signal has x while its VALID is high.</summary>
    public void Unknown(AxiSignal signal, long cycle)
    {
        RuleTally rule = book[AxiSignalRules.UnknownOf(signal)];
        rule.ViolateArmed(cycle, rule.Rule.Blame, $"{AxiSignalRules.NameOf(signal)} has x while its VALID is high");
    }
}

namespace Spanker.Conformance.Axi4;

/// <summary>A rule of the catalogue.</summary>
/// <param name="Id">Its full name, as "AXI4_ERRM_AWADDR_BOUNDARY".</param>
/// <param name="Blame">Who is at fault as a rule; a finding says who was.</param>
/// <param name="Statement">What holds, in a sentence.</param>
/// <param name="Signals">Signals without which nothing can be said.</param>
public sealed record AxiRule(string Id, AxiBlame Blame, string Statement, AxiSignalSet Signals)
{
    /// <summary>Whether a violation is a failure or a warning.</summary>
    public AxiSeverity Severity { get; init; }

    /// <summary>Whether it is about x, which a 2-state trace cannot show.</summary>
    public bool NeedsFourState { get; init; }

    /// <summary>Whether each transaction shows it by itself; else it takes the cycles, or the order between channels.</summary>
    public bool IsOfTransactions { get; init; }

    /// <summary>Whether an interface that does nothing arms it: it is about resets, or about x on VALID and READY.</summary>
    public bool IsJudgedAtRest { get; init; }

    /// <summary>Signals of which one at least must be there; empty if none needs to be.</summary>
    public AxiSignalSet AnyOf { get; init; }

    /// <summary>Whether a trace of <paramref name="shape"/> can show a violation.</summary>
    public bool IsObservable(AxiBusShape shape) =>
        shape.Signals.HasAll(Signals)
        && (AnyOf == AxiSignalSet.None || (AnyOf.Bits & shape.Signals.Bits) != 0)
        && (shape.IsFourState || !NeedsFourState);
}

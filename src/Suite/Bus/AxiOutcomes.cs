using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Suite.Bus;

/// <summary>How outcomes of rules are spelled in reports.</summary>
public static class AxiOutcomes
{
    /// <summary>pass, fail, not-exercised, not-observable.</summary>
    public static string NameOf(AxiOutcome outcome) => outcome switch
    {
        AxiOutcome.Pass => "pass",
        AxiOutcome.Fail => "fail",
        AxiOutcome.NotObservable => "not-observable",
        _ => "not-exercised",
    };
}

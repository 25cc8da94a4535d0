namespace Spanker.Conformance.Axi4;

/// <summary>What a trace says about a rule. Only <see cref="Pass"/> counts as verified.</summary>
public enum AxiOutcome
{
    /// <summary>What the rule is about did not happen.</summary>
    NotExercised,

    /// <summary>The trace cannot show it: a signal is absent, or x cannot occur in it.</summary>
    NotObservable,

    /// <summary>It happened, and was right each time.</summary>
    Pass,

    /// <summary>It was wrong at least once.</summary>
    Fail,
}

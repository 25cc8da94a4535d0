namespace Spanker.Conformance.Suite;

/// <summary>What a clause came to on a device. Only <see cref="Conforms"/> is a pass.</summary>
public enum Outcome
{
    /// <summary>Judged on every edge that its check names, without a deviation.</summary>
    Conforms,

    /// <summary>At least one case broke the clause.</summary>
    Deviates,

    /// <summary>This version, or this device, has no way to judge it.</summary>
    NotSupported,

    /// <summary>A check itself failed, so nothing can be said.</summary>
    Inconclusive,

    /// <summary>It could be judged, but not all of its edges were met in this run.</summary>
    NotExercised,

    /// <summary>The clause is about something that this device is not.</summary>
    NotApplicable,
}

/// <summary>Spelling of outcomes in reports.</summary>
public static class OutcomeNames
{
    /// <summary>The stable name: <c>conforms</c>, <c>deviates</c>, <c>not-supported</c>, <c>inconclusive</c>, <c>not-exercised</c>, <c>not-applicable</c>.</summary>
    public static string ToReportName(this Outcome outcome) => outcome switch
    {
        Outcome.Conforms => "conforms",
        Outcome.Deviates => "deviates",
        Outcome.NotSupported => "not-supported",
        Outcome.Inconclusive => "inconclusive",
        Outcome.NotExercised => "not-exercised",
        Outcome.NotApplicable => "not-applicable",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "no such outcome"),
    };
}

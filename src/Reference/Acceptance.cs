namespace Spanker.Conformance.Reference;

/// <summary>What a claim says to one result.</summary>
public enum Acceptance
{
    /// <summary>The element lies outside the claim's domain, or the bound says nothing there: no evidence either way.</summary>
    NotExercised,

    /// <summary>The result may come from the claimed arithmetic.</summary>
    Accepted,

    /// <summary>The result cannot come from the claimed arithmetic.</summary>
    Rejected,
}

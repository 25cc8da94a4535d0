namespace Spanker.Conformance.Exploration;

/// <summary>Outcomes of an operation that the host gives, not the object.</summary>
public static class StepOutcome
{
    /// <summary>The limit passed before the operation was permitted; nothing was done to the object.</summary>
    public const int TimedOut = int.MinValue;
}

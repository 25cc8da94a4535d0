namespace Spanker.Conformance.Reference;

/// <summary>One result against one claim.</summary>
/// <param name="Acceptance">The answer.</param>
/// <param name="Error">|actual - exact|, rounded down; infinite where one of them is not finite and they differ.</param>
/// <param name="Bound">The proved bound, rounded up; infinite if not exercised.</param>
public readonly record struct ElementJudgement(Acceptance Acceptance, double Error, double Bound)
{
    /// <summary>Error / Bound: at most 1 for what is accepted (for class exact, also for a tie rounded to the wrong side). 0 if both are 0.</summary>
    public double ErrorOverBound => Error == 0 ? 0 : Error / Bound;
}

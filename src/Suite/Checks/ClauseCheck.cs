namespace Spanker.Conformance.Suite;

/// <summary>How a clause is judged: the edges that must be met, the cases that meet them, and what is done with a case.</summary>
public sealed record ClauseCheck
{
    /// <summary>The clause.</summary>
    public required string Clause { get; init; }

    /// <summary>The edges that a device held to some terms must be seen at; if one is missing, the clause is not exercised.</summary>
    public required Func<JudgingTerms, IReadOnlyList<string>> Edges { get; init; }

    /// <summary>The edges that a plan adds to those: real weights have rows, and each must be judged.</summary>
    public Func<CasePlan, IEnumerable<string>> PlanEdges { get; init; } = _ => [];

    /// <summary>The cases of a plan, in order.</summary>
    public required Func<CasePlan, IEnumerable<Case>> Cases { get; init; }

    /// <summary>Whether a product that is larger than the device declares may be computed tile by tile: what the clause is about does not depend on m and n.</summary>
    public bool MayBeTiled { get; init; }

    /// <summary>Tries a case of this clause and fills its record.</summary>
    public required Action<Trial> Try { get; init; }
}

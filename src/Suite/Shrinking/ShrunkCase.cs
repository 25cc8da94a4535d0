namespace Spanker.Conformance.Suite;

/// <summary>The smallest case found that still breaks a clause.</summary>
/// <param name="Case">The case.</param>
/// <param name="Deviation">What it shows.</param>
public sealed record ShrunkCase(Case Case, Deviation Deviation);

namespace Spanker.Conformance.Suite.Checks;

/// <summary>What one look at a control node found.</summary>
/// <param name="Clause">The clause of the contract: DRV-1, DRV-2, DRV-3, DRV-4 or DRV-8.</param>
/// <param name="Edge">What was tried.</param>
/// <param name="Conforms">Whether the answer is the contract's.</param>
/// <param name="Expected">The contract's answer.</param>
/// <param name="Actual">The node's answer; where a group of requests was tried, the first that deviates and how many more do.</param>
public sealed record ProbeResult(string Clause, string Edge, bool Conforms, string Expected, string Actual);

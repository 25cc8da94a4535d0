namespace Spanker.Conformance.Suite;

/// <summary>How far a search is.</summary>
/// <param name="Cases">Random cases tried so far.</param>
/// <param name="Elapsed">Time since it began.</param>
/// <param name="Findings">Distinct findings so far.</param>
/// <param name="Latest">The finding that this report is about; null if it is only about progress.</param>
public sealed record FuzzProgress(ulong Cases, TimeSpan Elapsed, int Findings, FuzzFinding? Latest);

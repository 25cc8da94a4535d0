using Spanker.Conformance.Collectives;

namespace Spanker.Conformance.Suite;

/// <summary>A call that the host made, and what there is to judge it by.</summary>
/// <param name="Number">Its number among the calls admitted.</param>
/// <param name="Failure">What it returned.</param>
/// <param name="Difference">The first wrong element after success, or the first that changed after a failure; or null.</param>
/// <param name="FaultLay">True if a fault could hit it.</param>
/// <param name="Again">What a call without forming returned, where one was made.</param>
internal sealed record HostedAttempt(int Number, HostFailure? Failure, string? Difference, bool FaultLay, HostFailure? Again);

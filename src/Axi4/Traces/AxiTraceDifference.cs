namespace Spanker.Conformance.Axi4;

/// <summary>The first place in which two traces mean something else.</summary>
/// <param name="Kind"><c>bus</c>, <c>write</c> or <c>read</c>.</param>
/// <param name="Index">Which write or read, counted from 0; null for the bus.</param>
/// <param name="Message">What differs, in a sentence.</param>
public sealed record AxiTraceDifference(string Kind, int? Index, string Message);

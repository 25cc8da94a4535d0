namespace Spanker.Conformance.Reference;

/// <summary>A sum of nonnegative terms, between two limits.</summary>
internal readonly record struct SumRange(double Lower, double Upper);

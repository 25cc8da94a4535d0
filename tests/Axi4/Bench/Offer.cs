namespace Spanker.Conformance.Tests.Axi4.Bench;

/// <summary>A transfer on a timeline: VALID from <paramref name="First"/> to <paramref name="Taken"/>, READY in the latter alone.</summary>
internal readonly record struct Offer(int First, int Taken);

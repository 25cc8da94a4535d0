using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Suite.Bus;

/// <summary>The trace of one interface, wherever it was read from.</summary>
/// <param name="Name">The interface as a dump names it; empty for a file that holds one trace.</param>
/// <param name="Trace">What passed over it.</param>
/// <param name="Incomplete">Why the file does not tell all, in a line; null if it does.</param>
public sealed record BusTrace(string Name, AxiTrace Trace, string? Incomplete);

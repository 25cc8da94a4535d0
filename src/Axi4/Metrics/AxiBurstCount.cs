namespace Spanker.Conformance.Axi4;

/// <summary>How many addresses asked for bursts of a length.</summary>
/// <param name="Beats">AxLEN + 1.</param>
/// <param name="Count">Address handshakes.</param>
public readonly record struct AxiBurstCount(int Beats, long Count);

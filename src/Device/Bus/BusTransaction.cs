namespace Spanker.Conformance.Device;

/// <summary>A transaction as a card remembers it (CONTRACT AXI-7).</summary>
/// <param name="IsRead">Whether it was a read.</param>
/// <param name="Address">The address of its first beat.</param>
/// <param name="Beats">Beats asked for.</param>
public readonly record struct BusTransaction(bool IsRead, ulong Address, int Beats);

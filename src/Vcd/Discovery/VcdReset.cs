namespace Spanker.Conformance.Vcd.Discovery;

/// <summary>The reset of an interface.</summary>
/// <param name="Variable">The variable of the dump, one bit.</param>
/// <param name="IsActiveHigh">Whether 1 means reset.</param>
/// <param name="IsConfirmed">Whether the dump shows it: no VALID was sampled as 1 while it was active, and some VALID was while it was not.</param>
public readonly record struct VcdReset(VcdVariable Variable, bool IsActiveHigh, bool IsConfirmed);

namespace Spanker.Conformance.Vcd.Discovery;

/// <summary>A signal and what it is on its interface.</summary>
/// <param name="Role">The pin in lower case without prefix: <c>awvalid</c> on AXI4, <c>valid</c> on a stream.</param>
/// <param name="Variable">The variable of the dump.</param>
public readonly record struct VcdPort(string Role, VcdVariable Variable);

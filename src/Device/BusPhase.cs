namespace Spanker.Conformance.Device;

/// <summary>A step of a call as the host issues it. Addresses are the device's own business and are left out (CONTRACT MM-9).</summary>
public abstract record BusPhase;

/// <summary>The host writes a window.</summary>
/// <param name="Window">Which: A or B.</param>
/// <param name="LengthBytes">How much.</param>
public sealed record WritePhase(string Window, ulong LengthBytes) : BusPhase;

/// <summary>The host submits a command.</summary>
/// <param name="Kind">The command's name: matmul_q4_k.</param>
/// <param name="M">Rows of A.</param>
/// <param name="K">Weights of a row.</param>
/// <param name="N">Rows of B.</param>
public sealed record ComputeSubmitPhase(string Kind, ulong M, ulong K, ulong N) : BusPhase;

/// <summary>The host reads a window.</summary>
/// <param name="Window">Which: OUT.</param>
/// <param name="LengthBytes">How much.</param>
public sealed record ReadPhase(string Window, ulong LengthBytes) : BusPhase;

using Spanker.Conformance.Device;

namespace Spanker.Conformance.Suite;

/// <summary>What one matmul call left behind.</summary>
/// <param name="Error">The device's answer; null is success.</param>
/// <param name="Phases">The phases it issued; null if the device cannot be observed.</param>
/// <param name="GuardDamage">Where a canary changed, in words; null if none did.</param>
/// <param name="OperandChange">Where an operand changed, in words; null if none did.</param>
/// <param name="FirstWrittenByte">The first byte of OUT that changed; null if none did.</param>
/// <param name="FirstTailByte">The first byte of OUT behind m*n*4 that changed; null if none did.</param>
public sealed record MatmulEvidence(
    DeviceError? Error,
    IReadOnlyList<BusPhase>? Phases,
    string? GuardDamage,
    string? OperandChange,
    ulong? FirstWrittenByte,
    ulong? FirstTailByte)
{
    /// <summary>What a device in a process of its own did beside answering; empty for one in this process.</summary>
    public IReadOnlyList<Incident> Incidents { get; init; } = [];
}

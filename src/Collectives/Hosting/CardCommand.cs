namespace Spanker.Conformance.Collectives;

/// <summary>What a card finds when its doorbell rings.</summary>
/// <param name="Call">The collective.</param>
/// <param name="Length">Elements of its buffer.</param>
/// <param name="Fence">Number of the transfer that has to be finished before it runs, from 1; 0 if the host has waited for it.</param>
public sealed record CardCommand(CollectiveCall Call, int Length, int Fence);

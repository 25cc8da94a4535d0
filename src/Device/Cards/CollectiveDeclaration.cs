using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Device;

/// <summary>How a device combines the cards' values, where it does not fold as the host mock does (CONTRACT COL-8).</summary>
public sealed record CollectiveDeclaration
{
    /// <summary>The algorithm, for people.</summary>
    public required string Algorithm { get; init; }

    /// <summary>What Max and Min make of NaN and of zeros.</summary>
    public required ExtremumPolicy Policy { get; init; }

    /// <summary>
    /// The order of each element: for N cards and buffers of a length, the pieces that have a tree of their own, which cover the buffer. Null if the device
    /// adds in some order that it does not tell: it is then held to what any order gives.
    /// </summary>
    public required Func<int, int, IReadOnlyList<DeclaredOrder>>? OrderOf { get; init; }
}

/// <summary>Elements that are combined along one tree.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Count">How many.</param>
/// <param name="Tree">The order in full: every node's left operand is the first one.</param>
public sealed record DeclaredOrder(int First, int Count, ReductionTree Tree);

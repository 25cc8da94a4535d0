namespace Spanker.Conformance.Reference;

/// <summary>What an exact result in the extended reals is (CONTRACT NUM-4).</summary>
public enum ExactValueKind
{
    /// <summary>A rational number.</summary>
    Finite,

    /// <summary>Plus infinity.</summary>
    PositiveInfinity,

    /// <summary>Minus infinity.</summary>
    NegativeInfinity,

    /// <summary>No value: a NaN weight, an infinity times zero, or infinities of both signs.</summary>
    NaN,
}

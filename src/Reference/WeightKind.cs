namespace Spanker.Conformance.Reference;

/// <summary>What a decoded weight is in the extended reals (CONTRACT NUM-4).</summary>
public enum WeightKind : byte
{
    /// <summary>A number.</summary>
    Finite,

    /// <summary>Plus infinity.</summary>
    PositiveInfinity,

    /// <summary>Minus infinity.</summary>
    NegativeInfinity,

    /// <summary>NaN: a NaN scale, an infinite scale times zero, or infinity minus infinity.</summary>
    NaN,
}

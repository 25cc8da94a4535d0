namespace Spanker.Conformance.Reference;

/// <summary>What Max and Min make of zeros of both signs (CONTRACT COL-8).</summary>
public enum ZeroPolicy
{
    /// <summary>-0 is less than +0.</summary>
    Ordered,

    /// <summary>Zeros are equal, so the left operand stays; a result of either sign is right, as long as all cards hold the same.</summary>
    Unordered,
}

namespace Spanker.Conformance.Reference;

/// <summary>What Max and Min make of a NaN (CONTRACT COL-8). Sum and Avg follow IEEE 754: a NaN anywhere is the result.</summary>
public enum NanPolicy
{
    /// <summary>A NaN on any card is the result, as IEEE 754's maximum and minimum have it.</summary>
    Propagate,

    /// <summary>A NaN loses to any number, as IEEE 754's maximumNumber and minimumNumber have it; the result is NaN only where every card holds one.</summary>
    Ignore,

    /// <summary>A comparison with a NaN is false and the left operand stays, as in upstream's host mock: the order of the fold decides.</summary>
    Mock,
}

namespace Spanker.Conformance.Reference;

/// <summary>What a weight is worth in an exact product (CONTRACT NUM-2). A device declares which it means.</summary>
public enum WeightDefinition
{
    /// <summary>The rational number d*sc*q - dmin*m.</summary>
    Rational,

    /// <summary>That number rounded once to binary32, which is GGML's decode (CONTRACT NUM-1).</summary>
    RoundedToBinary32,
}

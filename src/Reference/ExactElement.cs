namespace Spanker.Conformance.Reference;

/// <summary>One output element: its exact value and what every error bound needs. What only some bounds need they compute from the rows.</summary>
/// <param name="A">The row of A.</param>
/// <param name="B">The row of B.</param>
/// <param name="Value">The exact dot product.</param>
/// <param name="NonzeroProducts">n, the number of products a_i*b_i of finite weights that are not zero.</param>
/// <param name="Magnitude">S = sum |a_i*b_i| over the products of finite weights, rounded up to binary64.</param>
public readonly record struct ExactElement(ExactRow A, ExactRow B, ExactValue Value, long NonzeroProducts, double Magnitude)
{
    /// <summary>What a weight is worth in <see cref="Value"/>.</summary>
    public WeightDefinition Definition => A.Definition;

    /// <summary>Whether a weight of either row changes when it is rounded to binary32: the two definitions differ only then.</summary>
    public bool RoundsInDecode => A.RoundsInDecode || B.RoundsInDecode;
}

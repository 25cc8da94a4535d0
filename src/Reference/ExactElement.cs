namespace Spanker.Conformance.Reference;

/// <summary>One output element: its exact value and what every error bound needs. What only some bounds need they compute from the rows.</summary>
/// <param name="A">The row of A.</param>
/// <param name="B">The row of B.</param>
/// <param name="Value">The exact dot product.</param>
/// <param name="NonzeroProducts">n, the number of products a_i*b_i of finite weights that are not zero.</param>
/// <param name="Magnitude">S = sum |a_i*b_i| over the products of finite weights, rounded up to binary64.</param>
/// <param name="CommonUnit">g, the greatest power of two that divides every product; positive infinity if all are zero.</param>
public readonly record struct ExactElement(
    ExactRow A, ExactRow B, ExactValue Value, long NonzeroProducts, double Magnitude, double CommonUnit)
{
    /// <summary>What a weight is worth in <see cref="Value"/>.</summary>
    public WeightDefinition Definition => A.Definition;

    /// <summary>Whether a weight of either row changes when it is rounded to binary32: the two definitions differ only then.</summary>
    public bool RoundsInDecode => A.RoundsInDecode || B.RoundsInDecode;

    /// <summary>
    /// Whether no operation on this element can round in a format of p significand bits, in whatever order the products are added:
    /// S &lt;= 2^p g. Every partial sum is then a multiple of g of at most p bits. Theorem 2 of docs/numerics.md.
    /// </summary>
    /// <remarks>
    /// Magnitude is rounded up, which changes no answer: where S &lt;= 2^p g, S itself is a binary64. No weight of a nonzero product
    /// rounds in decode either, so the answer holds for both definitions.
    /// </remarks>
    /// <param name="significandBits">p: 24 for binary32, 11 for binary16, 8 for bfloat16; at most 24.</param>
    public bool IsExactInAnyOrder(int significandBits) => Magnitude <= Math.ScaleB(CommonUnit, significandBits);
}

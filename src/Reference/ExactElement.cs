namespace Spanker.Conformance.Reference;

/// <summary>One output element: its exact value and what every error bound needs. What only some bounds need they compute from the rows.</summary>
/// <param name="A">The row of A.</param>
/// <param name="B">The row of B.</param>
/// <param name="Value">The exact dot product.</param>
/// <param name="NonzeroProducts">n, the number of products a_i*b_i of finite weights that are not zero.</param>
/// <param name="Magnitude">S = sum |a_i*b_i| over the products of finite weights, rounded up to binary64.</param>
/// <param name="SumBits">
/// The least p with S &lt;= 2^p g, where g is the greatest power of two that divides every product: every partial sum, in any order, is then
/// a multiple of g of at most p bits, so that no operation rounds in a format with p significand bits (docs/numerics.md, theorem 1a).
/// </param>
public readonly record struct ExactElement(
    ExactRow A, ExactRow B, ExactValue Value, long NonzeroProducts, double Magnitude, int SumBits)
{
    /// <summary>What a weight is worth in <see cref="Value"/>.</summary>
    public WeightDefinition Definition => A.Definition;

    /// <summary>Whether a weight of either row changes when it is rounded to binary32: the two definitions differ only then.</summary>
    public bool RoundsInDecode => A.RoundsInDecode || B.RoundsInDecode;

    /// <summary>Whether a device that rounds weights to binary32 and then works with so many significand bits cannot round at all on this element.</summary>
    /// <param name="significandBits">24 for binary32, 11 for binary16, 8 for bfloat16.</param>
    public bool IsExactInAnyOrder(int significandBits) =>
        SumBits <= significandBits && (Definition == WeightDefinition.RoundedToBinary32 || !RoundsInDecode);

    /// <summary>Whether g, the greatest power of two that divides every product, is sure to be at least <paramref name="unit"/>: g &gt;= S / 2^p.</summary>
    public bool UnitAtLeast(double unit) => Magnitude >= Math.ScaleB(unit, SumBits);
}

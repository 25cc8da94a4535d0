namespace Spanker.Conformance.Reference;

/// <summary>What is known of one element before its rows are looked at product by product.</summary>
/// <param name="A">The row of A.</param>
/// <param name="B">The row of B.</param>
/// <param name="Magnitude">S = sum |a_i b_i|.</param>
/// <param name="Second">The class's second sum.</param>
/// <param name="Third">The class's third sum.</param>
/// <param name="MostUnitExponent">Some product is an odd multiple of a power of two with at most this exponent; null if none was found.</param>
internal readonly record struct ElementTerms(RowFacts A, RowFacts B, SumRange Magnitude, SumRange Second, SumRange Third, int? MostUnitExponent)
{
    /// <summary>Indices with two nonzero terms of the sum that the class counts.</summary>
    public long NonzeroProducts => RowFacts.NonzeroProducts(A, B);

    /// <summary>Whether a weight of either row changes when it is rounded.</summary>
    public bool RoundsInDecode => A.RoundsInDecode || B.RoundsInDecode;

    /// <summary>Every product is a multiple of two to this power; null if that is not known.</summary>
    public int? LeastUnitExponent => A.AreTermsExact && B.AreTermsExact ? A.LeastExponent + B.LeastExponent : null;

    /// <summary>Whether S &lt;= 2^p g, or null if that is for the products to say. docs/numerics.md, section 9, Lemma 7.</summary>
    public bool? IsExactInAnyOrder(int significandBits) =>
        LeastUnitExponent is int least && Magnitude.Upper <= Math.ScaleB(1, least + significandBits) ? true
        : MostUnitExponent is int most && Magnitude.Lower > Math.ScaleB(1, most + significandBits) ? false
        : null;
}

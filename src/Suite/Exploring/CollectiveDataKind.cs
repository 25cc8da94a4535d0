namespace Spanker.Conformance.Suite;

/// <summary>Kinds of data for a collective. Every kind marks each element with its card and index, so that a misplaced chunk shows.</summary>
public enum CollectiveDataKind
{
    /// <summary>Small integers: any order gives the same sum, exactly.</summary>
    Exact,

    /// <summary>Great terms that cancel and small ones that stay: another order gives other bits.</summary>
    Cancelling,

    /// <summary>NaN, infinities, zeros of either sign and subnormals among ordinary values.</summary>
    Special,
}

namespace Spanker.Conformance.Tests.LongChecks.Products;

/// <summary>What a drawn product is meant to reach.</summary>
internal enum ProductKind
{
    /// <summary>Rows of every kind of <see cref="Support.DotProductKind"/> in one operand.</summary>
    Mixed,

    /// <summary>Rows of one such kind, so that tiles of ties, of zeros and of subnormals alone occur.</summary>
    OneKind,

    /// <summary>d within two binades, and dmin within two others, as in trained weights.</summary>
    Alike,

    /// <summary>d and dmin a power of two each, the same in all blocks of a row: results of few bits, with many ties and zeros.</summary>
    PowersOfTwo,

    /// <summary>Integers of 55 bits and more, one unit off a tie.</summary>
    NearTies,

    /// <summary>Every nibble 15, every scale and minimum 63, d and dmin of 2047 units of either sign.</summary>
    Largest,

    /// <summary>Products of two scales just below 2^31.</summary>
    ScalesBelow,

    /// <summary>Products of two scales of 2^31 or just above.</summary>
    ScalesAbove,

    /// <summary>Products of two scales just below 2^31 in the common unit of d and dmin, and far below it in their own.</summary>
    CommonScalesBelow,

    /// <summary>The same of 2^31 or just above.</summary>
    CommonScalesAbove,

    /// <summary>sum |a_i| |b_i| just below 2^62 at the largest nibbles, scales and minimums.</summary>
    SumsBelow,

    /// <summary>That sum just above 2^62, or between 2^63 and 2^64.</summary>
    SumsAbove,

    /// <summary>Weights on both sides of 2^24 units, from where on some round to binary32.</summary>
    RoundingEdge,

    /// <summary>Alike, with an infinite or NaN scale in every third row or so.</summary>
    NonFinite,
}

namespace Spanker.Conformance.Tests.Support;

/// <summary>What a drawn dot product is meant to reach.</summary>
public enum DotProductKind
{
    /// <summary>Random bytes with finite scales.</summary>
    RandomBytes,

    /// <summary>A result exactly between two binary32 numbers.</summary>
    Tie,

    /// <summary>A result one finest unit off such a tie; two blocks at least.</summary>
    NearTie,

    /// <summary>Nonzero products that sum to zero.</summary>
    Cancelled,

    /// <summary>The largest and the smallest scales in one row, or in the two parts of one weight.</summary>
    Spread,

    /// <summary>Subnormal d and dmin.</summary>
    Subnormal,
}

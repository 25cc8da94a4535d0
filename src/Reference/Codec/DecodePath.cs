namespace Spanker.Conformance.Reference;

/// <summary>The ways in which Q4_K is decoded; all give the same bits, NaNs included.</summary>
internal enum DecodePath
{
    /// <summary>Weight by weight, through <see cref="Q4KBlock"/>: what the others are held to.</summary>
    Scalar,

    /// <summary>Without vectors: a table of the 16 weights that a sub-block can hold.</summary>
    Portable,

    /// <summary>4 weights at a time (SSE, AdvSimd).</summary>
    Vector128,

    /// <summary>8 weights at a time (AVX2).</summary>
    Vector256,

    /// <summary>16 weights at a time (AVX-512): a sub-block's table is one register.</summary>
    Vector512,
}

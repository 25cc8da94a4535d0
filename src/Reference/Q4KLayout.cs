namespace Spanker.Conformance.Reference;

/// <summary>Where the fields of a Q4_K super-block lie, in bytes. The one part of the reference that devices share with the oracle.</summary>
/// <remarks>
/// <code>
/// byte 0       2       4                            16                                              144
///      +-------+-------+----------------------------+-----------------------------------------------+
///      | d     | dmin  | 8 scales and 8 minimums,   | 256 weights of 4 bits                         |
///      | f16le | f16le | 6 bits each, packed        | 4 groups of 32 bytes                          |
///      +-------+-------+----------------------------+-----------------------------------------------+
/// </code>
/// Source: ggml, <c>block_q4_K</c> in ggml-common.h. CONTRACT MM-1.
/// </remarks>
public static class Q4KLayout
{
    /// <summary>Weights in a super-block (GGML's QK_K).</summary>
    public const int BlockWeights = 256;

    /// <summary>Bytes of a super-block.</summary>
    public const int BlockBytes = 144;

    /// <summary>Sub-blocks in a super-block.</summary>
    public const int SubBlocks = 8;

    /// <summary>Weights in a sub-block.</summary>
    public const int SubBlockWeights = 32;

    /// <summary>Offset of d, the binary16 scale of the sub-block scales.</summary>
    public const int ScaleOffset = 0;

    /// <summary>Offset of dmin, the binary16 scale of the sub-block minimums.</summary>
    public const int MinimumOffset = 2;

    /// <summary>Offset of the twelve bytes that hold the 6-bit scales and minimums.</summary>
    public const int PackedOffset = 4;

    /// <summary>Length of the packed scales and minimums.</summary>
    public const int PackedBytes = 12;

    /// <summary>Offset of the 4-bit weights.</summary>
    public const int NibbleOffset = 16;

    /// <summary>Length of the 4-bit weights.</summary>
    public const int NibbleBytes = 128;
}

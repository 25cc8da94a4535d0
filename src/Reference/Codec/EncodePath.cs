namespace Spanker.Conformance.Reference;

/// <summary>The ways in which Q4_K is encoded; all give the same bytes.</summary>
internal enum EncodePath
{
    /// <summary>Weight by weight: what the others are held to.</summary>
    Scalar,

    /// <summary>4 sub-blocks side by side (SSE, AdvSimd), twice a block.</summary>
    Vector128,

    /// <summary>The 8 sub-blocks of a block side by side (AVX2).</summary>
    Vector256,
}

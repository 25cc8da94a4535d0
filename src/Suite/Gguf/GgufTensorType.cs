namespace Spanker.Conformance.Suite.Gguf;

/// <summary>What is known of a ggml tensor type: its name, and for the common types how many weights a block holds in how many bytes.</summary>
/// <remarks>Source: ggml, <c>enum ggml_type</c> and the block structures of ggml-common.h (0.21.0). A type that is not listed is stepped over all the same.</remarks>
internal readonly record struct GgufTensorType(string Name, ulong BlockWeights, ulong BlockBytes)
{
    /// <summary>The id of Q4_K.</summary>
    public const uint Q4K = 12;

    /// <summary>Whether the length of a tensor of this type can be told from its dimensions.</summary>
    public bool IsSized => BlockBytes != 0;

    /// <summary>The type with the given id.</summary>
    public static GgufTensorType Of(uint id) => id switch
    {
        0 => new("F32", 1, 4),
        1 => new("F16", 1, 2),
        2 => new("Q4_0", 32, 18),
        3 => new("Q4_1", 32, 20),
        6 => new("Q5_0", 32, 22),
        7 => new("Q5_1", 32, 24),
        8 => new("Q8_0", 32, 34),
        9 => new("Q8_1", 32, 36),
        10 => new("Q2_K", 256, 84),
        11 => new("Q3_K", 256, 110),
        Q4K => new("Q4_K", 256, 144),
        13 => new("Q5_K", 256, 176),
        14 => new("Q6_K", 256, 210),
        15 => new("Q8_K", 256, 292),
        16 => Unsized("IQ2_XXS"),
        17 => Unsized("IQ2_XS"),
        18 => Unsized("IQ3_XXS"),
        19 => Unsized("IQ1_S"),
        20 => Unsized("IQ4_NL"),
        21 => Unsized("IQ3_S"),
        22 => Unsized("IQ2_S"),
        23 => Unsized("IQ4_XS"),
        24 => new("I8", 1, 1),
        25 => new("I16", 1, 2),
        26 => new("I32", 1, 4),
        27 => new("I64", 1, 8),
        28 => new("F64", 1, 8),
        29 => Unsized("IQ1_M"),
        30 => new("BF16", 1, 2),
        34 => Unsized("TQ1_0"),
        35 => Unsized("TQ2_0"),
        39 => Unsized("MXFP4"),
        _ => Unsized($"type {id}"),
    };

    private static GgufTensorType Unsized(string name) => new(name, BlockWeights: 1, BlockBytes: 0);
}

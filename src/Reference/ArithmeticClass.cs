namespace Spanker.Conformance.Reference;

/// <summary>The arithmetic a device claims (CONTRACT NUM-3). docs/numerics.md defines each step by step and proves its bound.</summary>
public enum ArithmeticClass
{
    /// <summary>Correctly rounded: the exact value of the declared weights, rounded once, to nearest even.</summary>
    Exact,

    /// <summary>Weights rounded to binary32, products and sums in binary32, fused or not; u = 2^-24.</summary>
    F32,

    /// <summary>Integer dot products of sub-blocks of 32, the scales applied above them in binary32.</summary>
    SubblockInt,

    /// <summary>Accumulation in binary16; u = 2^-11.</summary>
    F16Accumulate,

    /// <summary>Accumulation in bfloat16; u = 2^-8.</summary>
    Bf16Accumulate,

    /// <summary>B requantized to 8 bits a block of 256, as GGML's CPU path does.</summary>
    Q8K,
}

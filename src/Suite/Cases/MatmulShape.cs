using System.Globalization;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>The dimensions of a matmul: A is [m x k], B is [n x k], OUT is [m x n]. Any values; refusing the bad ones is the device's job.</summary>
/// <param name="M">Rows of A.</param>
/// <param name="N">Rows of B.</param>
/// <param name="K">Weights of a row.</param>
public readonly record struct MatmulShape(ulong M, ulong N, ulong K)
{
    /// <summary>Whole blocks in a row, floor(k/256).</summary>
    public ulong RowBlocks => K / Q4KLayout.BlockWeights;

    /// <summary>Bytes of a row of A or of B.</summary>
    public int RowBytes => checked((int)(RowBlocks * Q4KLayout.BlockBytes));

    /// <summary>m*(k/256)*144, the mathematical value, which may exceed 64 bits (it is below 2^64 * 2^56 * 2^8).</summary>
    public UInt128 ABytes => checked((UInt128)M * RowBlocks * Q4KLayout.BlockBytes);

    /// <summary>n*(k/256)*144, the mathematical value, which may exceed 64 bits.</summary>
    public UInt128 BBytes => checked((UInt128)N * RowBlocks * Q4KLayout.BlockBytes);

    /// <summary>m*n*4, the mathematical value, which may exceed 64 bits; 2^128-1 stands for all that exceed 128.</summary>
    public UInt128 OutputBytes => (UInt128)M * N > UInt128.MaxValue / sizeof(float) ? UInt128.MaxValue : (UInt128)M * N * sizeof(float);

    /// <summary>m*n*k, the products in OUT; for planning.</summary>
    public double Products => (double)M * N * K;

    /// <summary>As reports print it: <c>m=1,n=33,k=256</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"m={M},n={N},k={K}");
}

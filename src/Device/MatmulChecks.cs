using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Device;

/// <summary>The checks that a matmul call passes before any work, in their order: k, overflow, lengths of A and B, length of OUT (CONTRACT MM-3 to MM-7).</summary>
/// <remarks>
/// Sizes are computed in 128 bits. m*(k/256)*144 is below 2^128 for every 64-bit m and k; m*n*4 may reach 2^130 and is held at the greatest
/// value there is, which is far above the limit that it is compared with. So nothing wraps.
/// </remarks>
public static class MatmulChecks
{
    /// <summary>All checks. The first that fails decides; null when all pass.</summary>
    public static DeviceError? First(in MatmulCall call) =>
        Depth(call) ?? Overflow(call) ?? Operands(call) ?? Output(call);

    /// <summary>k = 0, or k not a multiple of 256: BadDims (CONTRACT MM-3).</summary>
    public static DeviceError? Depth(in MatmulCall call) =>
        call.K == 0 || call.K % Q4KLayout.BlockWeights != 0 ? BadDims(call) : null;

    /// <summary>A size above 2^64 - 1 bytes: BadDims (CONTRACT MM-5).</summary>
    public static DeviceError? Overflow(in MatmulCall call) =>
        OperandBytes(call.M, call.K) > ulong.MaxValue
        || OperandBytes(call.N, call.K) > ulong.MaxValue
        || OutputBytes(call.M, call.N) > ulong.MaxValue
            ? BadDims(call)
            : null;

    /// <summary>A or B of another length than rows*(k/256)*144 bytes: BadDims (CONTRACT MM-4).</summary>
    public static DeviceError? Operands(in MatmulCall call) =>
        call.A.LengthBytes != OperandBytes(call.M, call.K) || call.B.LengthBytes != OperandBytes(call.N, call.K)
            ? BadDims(call)
            : null;

    /// <summary>OUT shorter than m*n*4 bytes: OutputTooSmall (CONTRACT MM-6).</summary>
    public static DeviceError? Output(in MatmulCall call)
    {
        UInt128 needBytes = OutputBytes(call.M, call.N);
        return call.Output.LengthBytes < needBytes
            ? new OutputTooSmall(call.Output.LengthBytes, (ulong)UInt128.Min(needBytes, ulong.MaxValue))
            : null;
    }

    /// <summary>The error of every check but OUT's: BadDims{m, k, n, 256}.</summary>
    public static BadDims BadDims(in MatmulCall call) => new(call.M, call.K, call.N, Q4KLayout.BlockWeights);

    /// <summary>Bytes of an operand of <paramref name="rows"/> rows: rows*(k/256)*144.</summary>
    public static UInt128 OperandBytes(ulong rows, ulong k) =>
        (UInt128)rows * (k / Q4KLayout.BlockWeights) * Q4KLayout.BlockBytes;

    /// <summary>Bytes of OUT: m*n*4, at most 2^128 - 1.</summary>
    public static UInt128 OutputBytes(ulong m, ulong n)
    {
        UInt128 elements = (UInt128)m * n;
        return elements > UInt128.MaxValue / sizeof(float) ? UInt128.MaxValue : elements * sizeof(float);
    }
}

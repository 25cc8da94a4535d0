namespace Spanker.Conformance.Device;

/// <summary>One call of <c>matmul_q4_k(a, b, out, m, k, n)</c>: OUT = A * B^T, row major (CONTRACT MM).</summary>
/// <remarks>
/// A is [m x k] and B is [n x k], both Q4_K, rows contiguous; OUT is [m x n] binary32 little endian.
/// Nothing is validated here: lengths and dimensions are whatever the caller passed, since refusing the bad ones is the device's job.
/// </remarks>
public readonly struct MatmulCall
{
    /// <summary>A call with the named operands and dimensions.</summary>
    public MatmulCall(OperandView a, OperandView b, OutputView output, ulong m, ulong k, ulong n)
    {
        A = a;
        B = b;
        Output = output;
        M = m;
        K = k;
        N = n;
    }

    /// <summary>The operand A.</summary>
    public OperandView A { get; }

    /// <summary>The operand B.</summary>
    public OperandView B { get; }

    /// <summary>The result window.</summary>
    public OutputView Output { get; }

    /// <summary>Rows of A and of OUT.</summary>
    public ulong M { get; }

    /// <summary>Weights of a row of A and of a row of B.</summary>
    public ulong K { get; }

    /// <summary>Rows of B, columns of OUT.</summary>
    public ulong N { get; }
}

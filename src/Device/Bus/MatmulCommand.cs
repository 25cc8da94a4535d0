namespace Spanker.Conformance.Device;

/// <summary>What the host writes into the command FIFO: two beats of 32 bytes, little endian.</summary>
/// <remarks>
/// <code>
/// beat 0   bytes 0..3 opcode (1: matmul_q4_k)   4..7 tag   8..15 m   16..23 k   24..31 n
/// beat 1   bytes 0..7 address of A   8..15 of B   16..23 of OUT   24..31 zero
/// </code>
/// </remarks>
/// <param name="Opcode">What to do.</param>
/// <param name="Tag">Comes back in the status when it is done.</param>
/// <param name="M">Rows of A and of OUT.</param>
/// <param name="K">Weights of a row.</param>
/// <param name="N">Rows of B, columns of OUT.</param>
/// <param name="A">Address of A.</param>
/// <param name="B">Address of B.</param>
/// <param name="Output">Address of OUT.</param>
public readonly record struct MatmulCommand(uint Opcode, uint Tag, ulong M, ulong K, ulong N, ulong A, ulong B, ulong Output)
{
    /// <summary>The opcode of matmul_q4_k.</summary>
    public const uint MatmulQ4K = 1;

    /// <summary>Beats of a command.</summary>
    public const int Beats = 2;

    /// <summary>64-bit words of a command.</summary>
    public const int Words = 8;

    /// <summary>The command that these words hold.</summary>
    public static MatmulCommand Read(ReadOnlySpan<ulong> words) =>
        new(unchecked((uint)words[0]), (uint)(words[0] >> 32), words[1], words[2], words[3], words[4], words[5], words[6]);

    /// <summary>Writes it as bus words, lowest first.</summary>
    public void Write(Span<ulong> words)
    {
        words[0] = Opcode | ((ulong)Tag << 32);
        (words[1], words[2], words[3]) = (M, K, N);
        (words[4], words[5], words[6], words[7]) = (A, B, Output, 0);
    }
}

namespace Spanker.Conformance.Device;

/// <summary>The four phases of a successful call, each as long as its operand (CONTRACT MM-9).</summary>
public static class MatmulPhases
{
    /// <summary>The command's name.</summary>
    public const string Kind = "matmul_q4_k";

    /// <summary>Write A, of A's length in bytes.</summary>
    public static BusPhase WriteA(in MatmulCall call) => new WritePhase("A", call.A.LengthBytes);

    /// <summary>Write B, of B's length in bytes.</summary>
    public static BusPhase WriteB(in MatmulCall call) => new WritePhase("B", call.B.LengthBytes);

    /// <summary>The submission, with the call's dimensions.</summary>
    public static BusPhase Submit(in MatmulCall call) => new ComputeSubmitPhase(Kind, M: call.M, K: call.K, N: call.N);

    /// <summary>Read OUT: m*n*4 bytes, however long the window is.</summary>
    public static BusPhase ReadOut(in MatmulCall call) => new ReadPhase("OUT", (ulong)MatmulChecks.OutputBytes(call.M, call.N));

    /// <summary>All four, in order.</summary>
    public static IReadOnlyList<BusPhase> Of(in MatmulCall call) => [WriteA(call), WriteB(call), Submit(call), ReadOut(call)];
}

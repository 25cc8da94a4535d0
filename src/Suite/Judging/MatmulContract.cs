using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>What a matmul call must answer before any arithmetic (CONTRACT MM-3 to MM-8), from mathematical sizes that cannot wrap.</summary>
public static class MatmulContract
{
    /// <summary>The error that the contract demands, or null for success.</summary>
    public static DeviceError? ExpectedError(MatmulShape shape, ulong aBytes, ulong bBytes, ulong outputBytes)
    {
        BadDims badDims = new(shape.M, shape.K, shape.N, Q4KLayout.BlockWeights);
        if (shape.K == 0 || shape.K % Q4KLayout.BlockWeights != 0)
        {
            return badDims;
        }

        if (shape.ABytes > ulong.MaxValue || shape.BBytes > ulong.MaxValue || shape.OutputBytes > ulong.MaxValue)
        {
            return badDims;
        }

        if (aBytes != shape.ABytes || bBytes != shape.BBytes)
        {
            return badDims;
        }

        return outputBytes < shape.OutputBytes ? new OutputTooSmall(outputBytes, (ulong)shape.OutputBytes) : null;
    }

    /// <summary>The phases of a successful call with work to do (CONTRACT MM-9).</summary>
    /// <param name="shape">The dimensions.</param>
    /// <param name="granularityBytes">What lengths are rounded up to: whole beats on a bus.</param>
    public static IReadOnlyList<BusPhase> ExpectedPhases(MatmulShape shape, int granularityBytes = 1)
    {
        ulong Rounded(UInt128 bytes) => (ulong)((bytes + (uint)granularityBytes - 1) / (uint)granularityBytes * (uint)granularityBytes);
        return
        [
            new WritePhase("A", Rounded(shape.ABytes)),
            new WritePhase("B", Rounded(shape.BBytes)),
            new ComputeSubmitPhase("matmul_q4_k", shape.M, shape.K, shape.N),
            new ReadPhase("OUT", Rounded(shape.OutputBytes)),
        ];
    }
}

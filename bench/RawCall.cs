using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;

namespace Spanker.Conformance.Bench;

/// <summary>A call as a program would make it that uses the devices and not the judge: open, lay out the operands, matmul, close. m = n = 1, k = 256.</summary>
internal sealed class RawCall
{
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(60);

    private readonly MatmulShape shape = new(M: 1, N: 1, K: 256);
    private readonly byte[] a;
    private readonly byte[] b;

    /// <summary>Makes the operands.</summary>
    public RawCall()
    {
        OperandData data = new GeneratedOperands(PlacementFamilies.Placement, Seed: 1);
        a = new byte[shape.RowBytes];
        b = new byte[shape.RowBytes];
        data.FillRow(shape, OperandSide.A, 0, a);
        data.FillRow(shape, OperandSide.B, 0, b);
    }

    /// <summary>Makes the call on a device of its own, in a process that served others before if there is one.</summary>
    public void Make(IIsolatedSource source)
    {
        IDevice device = source.Open(CallLimit, inFreshProcess: false);
        try
        {
            using ICallMemory memory = ((IIsolatedDevice)device).Reserve((ulong)a.Length, (ulong)b.Length, sizeof(float));
            a.CopyTo(memory.A.Slice(0, a.Length));
            b.CopyTo(memory.B.Slice(0, b.Length));
            MatmulCall call = new(memory.A.Operand, memory.B.Operand, memory.Output.Output, shape.M, shape.K, shape.N);
            if (((IMatmulDevice)device).MatmulQ4K(call) is DeviceError error)
            {
                throw new InvalidOperationException($"{source.Spec} answered {error}");
            }
        }
        finally
        {
            device.Dispose();
        }

        if (((IIsolatedDevice)device).TakeIncidents() is [Incident incident, ..])
        {
            throw new InvalidOperationException($"{source.Spec}: {incident.Message}");
        }
    }
}

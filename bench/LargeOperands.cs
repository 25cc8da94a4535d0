using Spanker.Conformance.Device;

namespace Spanker.Conformance.Bench;

/// <summary>Operands of 128 MiB each, laid out where a worker reads them, and calls on them. One element of OUT: m = n = 1.</summary>
internal sealed class LargeOperands : IDisposable
{
    /// <summary>A, and B: one row each.</summary>
    public const ulong RowBytes = RowBlocks * 144;

    private const ulong RowBlocks = (128UL << 20) / 144;
    private const ulong Depth = RowBlocks * 256;
    private const int ChunkBytes = 1 << 20;
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(60);

    private readonly LibDeviceSource source = new(BuiltForMeasuring.Here.PageReader);
    private readonly IDevice device;
    private ICallMemory? memory;

    /// <summary>Opens a device in a process of its own.</summary>
    public LargeOperands()
    {
        device = source.Open(CallLimit, inFreshProcess: true);
    }

    /// <summary>A and B together, in bytes.</summary>
    public static ulong Bytes => 2 * RowBytes;

    /// <summary>Reserves memory for the operands and fills it: no byte is left that the runner has not written.</summary>
    public void Lay()
    {
        memory = ((IIsolatedDevice)device).Reserve(RowBytes, RowBytes, sizeof(float));
        Fill(memory.A.Output);
        Fill(memory.B.Output);
    }

    /// <summary>Calls the device on the operands that were laid out.</summary>
    public void Call()
    {
        ICallMemory laid = memory ?? throw new InvalidOperationException("no operands were laid out");
        Call(laid.A.Operand, laid.B.Operand, laid.Output.Output);
    }

    /// <summary>Calls the device on operands that lie elsewhere, so that they must be copied to where it reads them.</summary>
    public void CallOn(NativeBytes a, NativeBytes b, NativeBytes output) => Call(a.Operand, b.Operand, output.Output);

    /// <summary>Fills a buffer.</summary>
    public static void Fill(OutputView buffer)
    {
        for (ulong at = 0; at < buffer.LengthBytes; at += ChunkBytes)
        {
            buffer.Slice(at, (int)Math.Min(ChunkBytes, buffer.LengthBytes - at)).Fill((byte)(at / ChunkBytes));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        memory?.Dispose();
        device.Dispose();
        source.Dispose();
    }

    private void Call(OperandView a, OperandView b, OutputView output)
    {
        if (((IMatmulDevice)device).MatmulQ4K(new MatmulCall(a, b, output, m: 1, k: Depth, n: 1)) is DeviceError error)
        {
            throw new InvalidOperationException($"the page reader answered {error}");
        }
    }
}

using System.Runtime.InteropServices;
using Spanker.Conformance.Device;

namespace Spanker.Conformance.Bench;

/// <summary>Private memory of this process, every page of which was written.</summary>
internal sealed unsafe class NativeBytes : IDisposable
{
    private readonly ulong lengthBytes;
    private byte* start;

    /// <summary>Allocates and fills it.</summary>
    public NativeBytes(ulong lengthBytes)
    {
        this.lengthBytes = lengthBytes;
        start = (byte*)NativeMemory.AlignedAlloc((nuint)lengthBytes, 4096);
        LargeOperands.Fill(Output);
    }

    /// <summary>As an operand.</summary>
    public OperandView Operand => new(start, lengthBytes);

    /// <summary>As a result window.</summary>
    public OutputView Output => new(start, lengthBytes);

    /// <summary>Copies all of it: memcpy.</summary>
    public void CopyTo(NativeBytes target) => Buffer.MemoryCopy(start, target.start, target.lengthBytes, lengthBytes);

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(start);
        start = null;
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Bench.Axi;

/// <summary>
/// Hardware in a shared library (rtl/abi/spanker_axi_slave.h) at the slave's end of an interface of <see cref="AxiBusShape.ProfileA"/>. It computes with 0 and 1 only: an x of
/// the master's counts as 0.
/// </summary>
internal sealed unsafe class VerilatedSlave : IAxiSlave, IDisposable
{
    private const uint Version = 1;

    private readonly nint library;
    private readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, VerilatedPins*, void> evaluate;
    private readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, VerilatedPins*, void> clock;
    private readonly delegate* unmanaged[Cdecl]<void*, void> destroy;
    private readonly VerilatedPins* pins;
    private void* slave;

    /// <summary>Loads the library and makes a slave.</summary>
    /// <exception cref="InvalidOperationException">It is no such library, or one of another version.</exception>
    public VerilatedSlave(string libraryPath)
    {
        library = NativeLibrary.Load(libraryPath);
        uint abi = ((delegate* unmanaged[Cdecl]<uint>)Symbol("abi"))();
        uint expected = (Version << 16) | (uint)sizeof(VerilatedPins);
        if (abi != expected)
        {
            throw new InvalidOperationException($"{libraryPath}: version and size of the pins are 0x{abi:x8}; expected 0x{expected:x8}");
        }

        evaluate = (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, VerilatedPins*, void>)Symbol("eval");
        clock = (delegate* unmanaged[Cdecl, SuppressGCTransition]<void*, VerilatedPins*, void>)Symbol("clock");
        destroy = (delegate* unmanaged[Cdecl]<void*, void>)Symbol("destroy");
        slave = ((delegate* unmanaged[Cdecl]<void*>)Symbol("create"))();
        if (slave is null)
        {
            throw new InvalidOperationException($"{libraryPath}: no slave was made");
        }

        pins = (VerilatedPins*)NativeMemory.AllocZeroed((nuint)sizeof(VerilatedPins));
    }

    /// <inheritdoc/>
    public void Evaluate(ref AxiCycle cycle)
    {
        ObjectDisposedException.ThrowIf(slave is null, this);
        Apply(cycle);
        evaluate(slave, pins);
        cycle.Aw.Ready = (AxiBit)pins->Awready;
        cycle.W.Ready = (AxiBit)pins->Wready;
        cycle.Ar.Ready = (AxiBit)pins->Arready;
        (cycle.B.Valid, cycle.B.Id, cycle.B.Response) = ((AxiBit)pins->Bvalid, pins->Bid, (AxiResponse)pins->Bresp);
        (cycle.R.Valid, cycle.R.Id, cycle.R.Response, cycle.R.Last) = ((AxiBit)pins->Rvalid, pins->Rid, (AxiResponse)pins->Rresp, (AxiBit)pins->Rlast);
        for (int word = 0; word < VerilatedPins.DataWords; word++)
        {
            cycle.R.Data[word] = pins->Rdata[word];
        }
    }

    /// <inheritdoc/>
    public void Clock(in AxiCycle cycle)
    {
        ObjectDisposedException.ThrowIf(slave is null, this);
        Apply(cycle);
        clock(slave, pins);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (slave is null)
        {
            return;
        }

        destroy(slave);
        slave = null;
        NativeMemory.Free(pins);
        NativeLibrary.Free(library);
    }

    private nint Symbol(string name) => NativeLibrary.GetExport(library, $"spanker_axi_slave_{name}");

    private void Apply(in AxiCycle cycle)
    {
        pins->Aresetn = cycle.Reset == AxiBit.Low ? (byte)1 : (byte)0;
        pins->Awvalid = IsHigh(cycle.Aw.Valid);
        pins->Wvalid = IsHigh(cycle.W.Valid);
        pins->Arvalid = IsHigh(cycle.Ar.Valid);
        pins->Bready = IsHigh(cycle.B.Ready);
        pins->Rready = IsHigh(cycle.R.Ready);

        // Payload means something while its VALID is high; until then what was there stays.
        if (pins->Awvalid != 0)
        {
            ulong attributes = cycle.Aw.Attributes;
            (pins->Awaddr, pins->Awid) = (cycle.Aw.Address, (byte)cycle.Aw.Id);
            (pins->Awlen, pins->Awsize, pins->Awburst) = (Field(attributes, AxiAttributes.LenShift, 0xff), Field(attributes, AxiAttributes.SizeShift, 7), Field(attributes, AxiAttributes.BurstShift, 3));
            (pins->Awlock, pins->Awcache) = (Field(attributes, AxiAttributes.LockShift, 1), Field(attributes, AxiAttributes.CacheShift, 15));
            (pins->Awprot, pins->Awqos) = (Field(attributes, AxiAttributes.ProtShift, 7), Field(attributes, AxiAttributes.QosShift, 15));
        }

        if (pins->Arvalid != 0)
        {
            ulong attributes = cycle.Ar.Attributes;
            (pins->Araddr, pins->Arid) = (cycle.Ar.Address, (byte)cycle.Ar.Id);
            (pins->Arlen, pins->Arsize, pins->Arburst) = (Field(attributes, AxiAttributes.LenShift, 0xff), Field(attributes, AxiAttributes.SizeShift, 7), Field(attributes, AxiAttributes.BurstShift, 3));
            (pins->Arlock, pins->Arcache) = (Field(attributes, AxiAttributes.LockShift, 1), Field(attributes, AxiAttributes.CacheShift, 15));
            (pins->Arprot, pins->Arqos) = (Field(attributes, AxiAttributes.ProtShift, 7), Field(attributes, AxiAttributes.QosShift, 15));
        }

        if (pins->Wvalid != 0)
        {
            (pins->Wstrb, pins->Wlast) = ((uint)cycle.W.Strobe, IsHigh(cycle.W.Last));
            for (int word = 0; word < VerilatedPins.DataWords; word++)
            {
                pins->Wdata[word] = cycle.W.Data[word];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte IsHigh(AxiBit bit) => bit == AxiBit.High ? (byte)1 : (byte)0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte Field(ulong attributes, int shift, byte mask) => (byte)((attributes >> shift) & mask);
}

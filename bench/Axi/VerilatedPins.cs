using System.Runtime.InteropServices;

namespace Spanker.Conformance.Bench.Axi;

/// <summary>struct spanker_axi_pins of rtl/abi/spanker_axi_slave.h: same names, same places.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct VerilatedPins
{
    public const int DataWords = 4;

    public ulong Awaddr;
    public ulong Araddr;
    public fixed ulong Wdata[DataWords];
    public fixed ulong Rdata[DataWords];
    public uint Wstrb;
    public byte Aresetn;
    public byte Awvalid;
    public byte Awid;
    public byte Awlen;
    public byte Awsize;
    public byte Awburst;
    public byte Awlock;
    public byte Awcache;
    public byte Awprot;
    public byte Awqos;
    public byte Arvalid;
    public byte Arid;
    public byte Arlen;
    public byte Arsize;
    public byte Arburst;
    public byte Arlock;
    public byte Arcache;
    public byte Arprot;
    public byte Arqos;
    public byte Wvalid;
    public byte Wlast;
    public byte Bready;
    public byte Rready;
    public byte Awready;
    public byte Wready;
    public byte Arready;
    public byte Bvalid;
    public byte Bid;
    public byte Bresp;
    public byte Rvalid;
    public byte Rid;
    public byte Rresp;
    public byte Rlast;
    public fixed byte Reserved[3];
}

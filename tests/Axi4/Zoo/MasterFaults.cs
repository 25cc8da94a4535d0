using Spanker.Conformance.Axi4;
using Spanker.Conformance.Tests.Axi4.Bench;
using static Spanker.Conformance.Tests.Axi4.Rules.ProfileScenario;

namespace Spanker.Conformance.Tests.Axi4.Zoo;

/// <summary>Masters that are wrong.</summary>
internal static class MasterFaults
{
    private static readonly PlannedBurst Write = Incr(false, 1, 0x1000, 4);

    public static IEnumerable<ZooFault> All =>
    [
        new("an early WLAST is accepted", AxiBlame.Master, line => line.Write("a", Write, new() { Beats = 2 }), "AXI4_ERRM_WDATA_NUM"),
        new("WLAST is always 0", AxiBlame.Master, line => WithoutLast(line, dataOffset: 1), "AXI4_ERRM_WDATA_NUM"),
        new("WLAST is always 0 and W comes before AW", AxiBlame.Master, line => WithoutLast(line, dataOffset: -6), "AXI4_ERRM_WDATA_NUM"),
        new(
            "a strobe lies below an unaligned address",
            AxiBlame.Master,
            line =>
            {
                line.Write("a", Write with { Address = 0x1004 });
                line.ChangeAll("a.w0", (ref AxiCycle pins) => pins.W.Strobe = uint.MaxValue);
            },
            "AXI4_ERRM_WSTRB"),
        new(
            "a stalled request is dropped",
            AxiBlame.Master,
            line =>
            {
                line.Read("a", Incr(true, 1, 0x1000, 1), new() { AddressWait = 4 });
                line.Change(line["a.ar"].First + 2, (ref AxiCycle pins) => pins.Ar.Valid = AxiBit.Low);
            },
            "AXI4_ERRM_ARVALID_STABLE"),
        new(
            "the master waits for AWREADY before WVALID and the slave for W",
            AxiBlame.Master,
            line =>
            {
                line.Aw("a", 5, Write, wait: 2);
                line.CutAt(7);
            },
            "EXT_DEADLOCK")
        {
            IsStuck = true,
        },
        new("a DMA crosses 4 KiB", AxiBlame.Master, line => line.Write("a", Write with { Address = 0x1fc0 }), "AXI4_ERRM_AWADDR_BOUNDARY"),
        new("FIXED of 17 beats", AxiBlame.Master, line => line.Read("a", new(true, 1, 0x1000, Beats: 17, Size: 5, Kind: 0)), "AXI4_ERRM_ARLEN_FIXED"),
        new(
            "burst 3",
            AxiBlame.Master,
            line =>
            {
                line.Write("a", Write);
                line.ChangeAll("a.aw", (ref AxiCycle pins) => pins.Aw.Burst = AxiBurstKind.Reserved);
            },
            "AXI4_ERRM_AWBURST",
            "MAST_BURST_SUPPORTED"),
        new(
            "AWVALID high leaving reset",
            AxiBlame.Master,
            line =>
            {
                line.Aw("a", 3, Write with { Beats = 1 });
                line.W("a.w", 5, Write, beat: 0, isLast: true);
                line.B("a.b", 7, id: 1);
            },
            "AXI4_ERRM_AWVALID_RESET"),
        new(
            "a write stops in the middle",
            AxiBlame.Master,
            line =>
            {
                line.Write("a", Write, new() { IsUnanswered = true });
                line.CutAt(line["a.w1"].Taken + 1);
            },
            "AXI4_ERRS_BRESP_ALL_DONE_EOS"),
        new(
            "BREADY never comes",
            AxiBlame.Master,
            line =>
            {
                line.Write("a", Write, new() { ResponseWait = 2 });
                line.CutAt(line["a.b"].Taken);
            },
            "EXT_DEADLOCK",
            "AXI4_ERRS_BRESP_ALL_DONE_EOS")
        {
            IsStuck = true,
        },
    ];

    private static void WithoutLast(Timeline line, int dataOffset)
    {
        for (int write = 0; write < 3; write++)
        {
            line.Write($"a{write}", Write, new() { DataOffset = dataOffset });
            line.ChangeAll($"a{write}.w3", (ref AxiCycle pins) => pins.W.Last = AxiBit.Low);
        }
    }
}

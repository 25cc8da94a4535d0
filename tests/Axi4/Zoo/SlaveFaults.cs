using Spanker.Conformance.Axi4;
using Spanker.Conformance.Tests.Axi4.Bench;
using static Spanker.Conformance.Tests.Axi4.Rules.ProfileScenario;

namespace Spanker.Conformance.Tests.Axi4.Zoo;

/// <summary>Slaves that are wrong.</summary>
internal static class SlaveFaults
{
    private const string WritesDone = "AXI4_ERRS_BRESP_ALL_DONE_EOS";
    private const string ReadsDone = "AXI4_ERRS_RLAST_ALL_DONE_EOS";

    private static readonly PlannedBurst Write = Incr(false, 1, 0x1000, 2);
    private static readonly PlannedBurst Read = Incr(true, 1, 0x1000, 2);

    public static IEnumerable<ZooFault> All => [.. Lost(), .. Wrong(), .. Changed(), .. Data()];

    private static IEnumerable<ZooFault> Lost() =>
    [
        // The slave takes a second write before B of the first was accepted: that is also one too many.
        new(
            "B is overwritten under back-pressure",
            AxiBlame.Slave,
            line =>
            {
                line.Aw("a", 5, Write with { Beats = 1 });
                line.W("a.w", 6, Write, beat: 0, isLast: true);
                line.Aw("b", 9, Write with { Beats = 1, Id = 2 });
                line.W("b.w", 10, Write, beat: 0, isLast: true);
                line.B("b.b", 12, id: 2);
            },
            WritesDone,
            "MAST_SINGLE_OUTSTANDING"),
        new("the response is lost", AxiBlame.Slave, line => line.Write("a", Write, new() { IsUnanswered = true }), WritesDone),
        new(
            "the response is lost and the next address is never accepted",
            AxiBlame.Slave,
            line =>
            {
                line.Write("a", Write, new() { IsUnanswered = true });
                line.Aw("b", line.Length, Write);
                line.W("b.w", line["b"].First, Write, beat: 0, isLast: false);
                line.ChangeAll("b", (ref AxiCycle pins) => (pins.Aw.Ready, pins.W.Ready) = (AxiBit.Low, AxiBit.Low));
            },
            WritesDone,
            "EXT_DEADLOCK")
        {
            IsStuck = true,
        },
        new(
            "AW and AR together are both lost",
            AxiBlame.Slave,
            line =>
            {
                line.Aw("a", 5, Write);
                line.Ar("b", 5, Read);
                line.W("a.w0", 6, Write, beat: 0, isLast: false);
                line.W("a.w1", 7, Write, beat: 1, isLast: true);
            },
            WritesDone,
            ReadsDone),
        new(
            "AR is accepted in the cycle of a W and forgotten",
            AxiBlame.Slave,
            line =>
            {
                line.Write("a", Write);
                line.Ar("b", line["a.w1"].Taken, Read);
            },
            ReadsDone),
        new("one error beat with RLAST ends a long read", AxiBlame.Slave, line => line.Read("a", Incr(true, 1, 0x1000, 128), new() { Beats = 1, Response = AxiResponse.SlvErr }), "AXI4_ERRS_RDATA_NUM"),
    ];

    private static IEnumerable<ZooFault> Wrong() =>
    [
        new("a read uses the write's length", AxiBlame.Slave, line => line.Read("a", Read, new() { Beats = 4 }), "AXI4_ERRS_RDATA_NUM"),
        new("RLAST never comes", AxiBlame.Slave, line => Edited(line, "a.r1", (ref AxiCycle pins) => pins.R.Last = AxiBit.Low), "AXI4_ERRS_RDATA_NUM"),
        new("BVALID before all of W", AxiBlame.Slave, line => line.Write("a", Write, new() { ResponseDelay = -1 }), "AXI4_ERRS_BRESP_WLAST"),
        new("BVALID before AW", AxiBlame.Slave, line => line.Write("a", Write, new() { DataOffset = -6, ResponseDelay = -2 }), "AXI4_ERRS_BRESP_AW"),
        new(
            "two responses to one write",
            AxiBlame.Slave,
            line =>
            {
                line.Write("a", Write);
                line.B("again", line.Length, id: 1);
            },
            "AXI4_ERRS_BRESP"),
        new(
            "two responses to one read",
            AxiBlame.Slave,
            line =>
            {
                line.Read("a", Read);
                line.R("again.r0", line.Length, Read, beat: 0, isLast: false);
                line.R("again.r1", line.Length, Read, beat: 1, isLast: true);
            },
            "AXI4_ERRS_RID"),
        new("B to the wrong id", AxiBlame.Slave, line => line.Write("a", Write, new() { ResponseId = 7 }), "AXI4_ERRS_BRESP", WritesDone),
        new("R to the wrong id", AxiBlame.Slave, line => line.Read("a", Read, new() { DataId = 7 }), "AXI4_ERRS_RID", ReadsDone),
        new("RVALID with nothing outstanding", AxiBlame.Slave, line => line.R("stray", 8, Read, beat: 0, isLast: true), "AXI4_ERRS_RID"),
        new("RVALID in the cycle of AR", AxiBlame.Slave, line => line.Read("a", Read, new() { DataDelay = 0 }), "EXT_RVALID_SAME_CYCLE"),
        new("BVALID in the cycle of the last W", AxiBlame.Slave, line => line.Write("a", Write, new() { ResponseDelay = 0 }), "EXT_BVALID_SAME_CYCLE"),
        new("EXOKAY to a plain write", AxiBlame.Slave, line => line.Write("a", Write, new() { Response = AxiResponse.ExOkay }), "AXI4_ERRS_BRESP_EXOKAY", "MAST_NO_EXOKAY"),
    ];

    private static IEnumerable<ZooFault> Changed() =>
    [
        new(
            "BID is wired to the live AWID",
            AxiBlame.Slave,
            line =>
            {
                line.Write("a", Write, new() { ResponseWait = 2 });
                line.Change(line["a.b"].First + 1, (ref AxiCycle pins) => pins.B.Id = 3);
                line.Change(line["a.b"].Taken, (ref AxiCycle pins) => pins.B.Id = 3);
            },
            "AXI4_ERRS_BID_STABLE",
            "AXI4_ERRS_BRESP",
            WritesDone),
        new(
            "RID is wired to the live ARID",
            AxiBlame.Slave,
            line =>
            {
                line.Read("a", Read with { Beats = 1 }, new() { DataWait = 2 });
                line.Change(line["a.r0"].First + 1, (ref AxiCycle pins) => pins.R.Id = 3);
                line.Change(line["a.r0"].Taken, (ref AxiCycle pins) => pins.R.Id = 3);
            },
            "AXI4_ERRS_RID_STABLE",
            "AXI4_ERRS_RID",
            ReadsDone),
        new(
            "RLAST advances while R waits",
            AxiBlame.Slave,
            line =>
            {
                line.Read("a", Read, new() { DataWait = 2 });
                line.Change(line["a.r0"].First + 1, (ref AxiCycle pins) => pins.R.Last = AxiBit.High);
            },
            "AXI4_ERRS_RLAST_STABLE"),
        new(
            "x with OKAY",
            AxiBlame.Slave,
            line => Edited(line, "a.r1", (ref AxiCycle pins) => pins.R.DataUnknown[2] = 0xff00),
            "AXI4_ERRS_RDATA_X"),
        new("RVALID high leaving reset", AxiBlame.Slave, line => line.R("early", 3, Read, beat: 0, isLast: true), "AXI4_ERRS_RVALID_RESET", "AXI4_ERRS_RID"),
    ];

    private static IEnumerable<ZooFault> Data() =>
    [
        // RDATA is loaded with RREADY only, so the beat that is taken shows what was there before.
        new(
            "RDATA loads only when RREADY is high",
            AxiBlame.Slave,
            line =>
            {
                line.Write("a", Write);
                line.Read("b", Read);
                line.ChangeAll("b.r1", (ref AxiCycle pins) => pins.R.Data = default);
            },
            "EXT_RDATA_MISMATCH"),
        new(
            "AW and W are paired wrongly and all is OKAY",
            AxiBlame.Slave,
            line =>
            {
                PlannedBurst one = Write with { Beats = 1 };
                line.Write("a", one);
                line.Write("b", one with { Address = 0x1100 });
                line.Read("c", Read with { Beats = 1 });
                line.Read("d", Read with { Beats = 1, Address = 0x1100 });
                (int at, int from) = (line["c.r0"].Taken, line["d.r0"].Taken);
                AxiWords data = default;
                line.Change(from, (ref AxiCycle pins) => data = pins.R.Data);
                line.Change(at, (ref AxiCycle pins) => (pins.R.Data, data) = (data, pins.R.Data));
                line.Change(from, (ref AxiCycle pins) => pins.R.Data = data);
            },
            "EXT_RDATA_MISMATCH"),
        new(
            "WSTRB is ignored",
            AxiBlame.Slave,
            line =>
            {
                line.Write("a", Write with { Beats = 1 });
                line.Write("b", Write with { Beats = 1 }, new() { Unstrobed = 0xffff });
                line.Read("c", Read with { Beats = 1 });
                AxiWords written = default;
                line.Change(line["b.w0"].Taken, (ref AxiCycle pins) => written = pins.W.Data);
                line.ChangeAll("c.r0", (ref AxiCycle pins) => pins.R.Data = written);
            },
            "EXT_WRITE_EFFECT"),
        new(
            "a narrow read is answered OKAY",
            AxiBlame.Slave,
            line => line.Read("a", Read with { Size = 3 }),
            "MAST_NARROW_SLVERR",
            "MAST_SIZE_FULL"),
    ];

    private static void Edited(Timeline line, string offer, PinChange change)
    {
        line.Read("a", Read);
        line.ChangeAll(offer, change);
    }
}

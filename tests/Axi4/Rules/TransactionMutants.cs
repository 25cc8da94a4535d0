using Spanker.Conformance.Axi4;
using Spanker.Conformance.Tests.Axi4.Bench;
using static Spanker.Conformance.Tests.Axi4.Rules.Mutant;

namespace Spanker.Conformance.Tests.Axi4.Rules;

/// <summary>Mutants of the rules that look at transactions.</summary>
internal static class TransactionMutants
{
    private static readonly ProfileScenario Base = new();
    private static readonly GeneralScenario General = new();
    private static readonly ProfileScenario Narrow = Base with
    {
        SingleSize = 4,
        W3 = new() { Response = AxiResponse.SlvErr },
        R3 = new() { Response = AxiResponse.SlvErr },
    };

    public static IEnumerable<Mutant> All => [.. Addresses(), .. Exclusives(), .. Writes(), .. Reads(), .. Profile()];

    private static IEnumerable<Mutant> Addresses() =>
    [
        Edit("AXI4_ERRM_AWADDR_BOUNDARY", Base.Build, Aw("w0.aw", (ref AxiAddressPins pins) => pins.Address = 0x3fe0)),
        Edit("AXI4_ERRM_ARADDR_BOUNDARY", Base.Build, Ar("r0.ar", (ref AxiAddressPins pins) => pins.Address = 0x3fe0)),
        new("AXI4_ERRM_AWADDR_WRAP_ALIGN", General.Build, (General with { WrapWriteAddress = 0x100c }).Build),
        new("AXI4_ERRM_ARADDR_WRAP_ALIGN", General.Build, (General with { WrapReadAddress = 0x100c }).Build),
        Edit("AXI4_ERRM_AWCACHE", Base.Build, Aw("w0.aw", (ref AxiAddressPins pins) => pins.Cache = 0b0101)),
        Edit("AXI4_ERRM_ARCACHE", Base.Build, Ar("r0.ar", (ref AxiAddressPins pins) => pins.Cache = 0b1000)),
        Edit(
            "AXI4_ERRM_AWLEN_WRAP",
            General.Build,
            line =>
            {
                Aw("wrap.aw", (ref AxiAddressPins pins) => pins.Len = 2)(line);
                line.ChangeAll("wrap.w2", (ref AxiCycle pins) => pins.W.Last = AxiBit.High);
                line.ChangeAll("wrap.w3", (ref AxiCycle pins) => pins.W.Valid = AxiBit.Low);
            }),
        Edit(
            "AXI4_ERRM_ARLEN_WRAP",
            General.Build,
            line =>
            {
                Ar("wrapr.ar", (ref AxiAddressPins pins) => pins.Len = 2)(line);
                line.ChangeAll("wrapr.r2", (ref AxiCycle pins) => pins.R.Last = AxiBit.High);
                line.ChangeAll("wrapr.r3", (ref AxiCycle pins) => pins.R.Valid = AxiBit.Low);
            }),
        new("AXI4_ERRM_AWLEN_FIXED", Base.Build, (Base with { FixedBeats = 17 }).Build),
        new("AXI4_ERRM_ARLEN_FIXED", Base.Build, (Base with { FixedReadBeats = 17 }).Build),
        Edit(
            "AXI4_ERRM_AWBURST",
            Base.Build,
            Aw("w0.aw", (ref AxiAddressPins pins) => pins.Burst = AxiBurstKind.Reserved),
            ("MAST_BURST_SUPPORTED", "the profile has INCR and FIXED only")),
        Edit(
            "AXI4_ERRM_ARBURST",
            Base.Build,
            Ar("r0.ar", (ref AxiAddressPins pins) => pins.Burst = AxiBurstKind.Reserved),
            ("MAST_BURST_SUPPORTED", "the profile has INCR and FIXED only")),
        Edit(
            "AXI4_ERRM_AWSIZE",
            Base.Build,
            Aw("w3.aw", (ref AxiAddressPins pins) => pins.Size = 6),
            ("MAST_SIZE_FULL", "the profile has one size only")),
        Edit(
            "AXI4_ERRM_ARSIZE",
            Base.Build,
            Ar("r3.ar", (ref AxiAddressPins pins) => pins.Size = 6),
            ("MAST_SIZE_FULL", "the profile has one size only")),
    ];

    private static IEnumerable<Mutant> Exclusives() =>
    [
        new("AXI4_ERRM_AWLEN_LOCK", General.Build, (General with { ExclusiveWriteBeats = 32 }).Build),
        new("AXI4_ERRM_ARLEN_LOCK", General.Build, (General with { ExclusiveReadBeats = 32 }).Build),
        new("AXI4_ERRM_EXCL_ALIGN", General.Build, (General with { ExclusiveAddress = 0x2004 }).Build),
        new("AXI4_ERRM_EXCL_LEN", General.Build, (General with { ExclusiveReadBeats = 2 + 1, ExclusiveAddress = 0x3000 }).Build),
        Edit(
            "AXI4_ERRS_BRESP_EXOKAY",
            Base.Build,
            line => line.ChangeAll("w3.b", (ref AxiCycle pins) => pins.B.Response = AxiResponse.ExOkay),
            ("MAST_NO_EXOKAY", "the profile has no exclusive access")),
        Edit(
            "AXI4_ERRS_RRESP_EXOKAY",
            Base.Build,
            line => line.ChangeAll("r3.r0", (ref AxiCycle pins) => pins.R.Response = AxiResponse.ExOkay),
            ("MAST_NO_EXOKAY", "the profile has no exclusive access")),
        Edit(
            "MAST_NO_EXOKAY",
            Base.Build,
            line => line.ChangeAll("w5.b", (ref AxiCycle pins) => pins.B.Response = AxiResponse.ExOkay),
            ("AXI4_ERRS_BRESP_EXOKAY", "the write that it answers is not exclusive")),
    ];

    private static IEnumerable<Mutant> Writes() =>
    [
        Edit("AXI4_ERRM_WDATA_NUM", Base.Build, line => line.ChangeAll("w0.w1", (ref AxiCycle pins) => pins.W.Last = AxiBit.High)),
        Edit("AXI4_ERRM_WSTRB", Base.Build, line => line.ChangeAll("w2.w2", (ref AxiCycle pins) => pins.W.Strobe |= 8)),
        new("AXI4_ERRS_BRESP_WLAST", Base.Build, (Base with { W0 = Base.W0 with { ResponseDelay = -4 } }).Build),
        new("AXI4_ERRS_BRESP_AW", Base.Build, (Base with { W1 = Base.W1 with { ResponseDelay = -1 } }).Build),
        Edit(
            "AXI4_ERRS_BRESP",
            Base.Build,
            line => line.ChangeAll("w5.b", (ref AxiCycle pins) => pins.B.Id = 2),
            ("AXI4_ERRS_BRESP_ALL_DONE_EOS", "the write that it should have answered stays open")),
        new("AXI4_ERRS_BRESP_ALL_DONE_EOS", Base.Build, (Base with { W5 = new() { IsUnanswered = true } }).Build),
        new("EXT_BVALID_SAME_CYCLE", Base.Build, (Base with { W3 = new() { ResponseDelay = 0 } }).Build),
        Edit("EXT_WRITE_EFFECT", Base.Build, line => line.ChangeAll("r1.r0", (ref AxiCycle pins) => pins.R.Data[0] ^= 1UL << 40)),
    ];

    private static IEnumerable<Mutant> Reads() =>
    [
        Edit(
            "AXI4_ERRS_RID",
            Base.Build,
            line => line.ChangeAll("r5.r0", (ref AxiCycle pins) => pins.R.Id = 2),
            ("AXI4_ERRS_RLAST_ALL_DONE_EOS", "the read that it should have answered stays open")),
        Edit("AXI4_ERRS_RDATA_NUM", Base.Build, line => line.ChangeAll("r0.r1", (ref AxiCycle pins) => pins.R.Last = AxiBit.High)),
        Edit(
            "AXI4_ERRS_RLAST_ALL_DONE_EOS",
            Base.Build,
            line => line.ChangeAll("r5.r0", (ref AxiCycle pins) => pins.R.Valid = AxiBit.Low)),
        new("EXT_RVALID_SAME_CYCLE", Base.Build, (Base with { R3 = new() { DataDelay = 0 } }).Build),
        Edit("EXT_RDATA_MISMATCH", Base.Build, line => line.ChangeAll("r3.r0", (ref AxiCycle pins) => pins.R.Data[3] ^= 1UL << 63)),
        new(
            "EXT_ID_ORDER",
            General.Build,
            (General with { SwapsReads = true }).Build,
            ("AXI4_ERRS_RDATA_NUM", "the older read, which is the one to be answered, gets the RLAST of the shorter"),
            ("EXT_RDATA_MISMATCH", "and its data")),
    ];

    private static IEnumerable<Mutant> Profile() =>
    [
        new("MAST_SIZE_FULL", Base.Build, Narrow.Build),
        new(
            "MAST_NARROW_SLVERR",
            Narrow.Build,
            (Narrow with { R3 = new() }).Build,
            ("MAST_SIZE_FULL", "a narrow access is none of the profile's, however it is answered"))
        {
            Before = ["MAST_SIZE_FULL"],
        },
        new("MAST_SINGLE_OUTSTANDING", Base.Build, (Base with { OverlapsReads = true }).Build),
        new("MAST_BURST_SUPPORTED", Base.Build, (Base with { SingleKind = 2, SingleBeats = 2 }).Build),
    ];

    private static Action<Timeline> Aw(string offer, AddressChange change) => line => line.ChangeAll(offer, (ref AxiCycle pins) => change(ref pins.Aw));

    private static Action<Timeline> Ar(string offer, AddressChange change) => line => line.ChangeAll(offer, (ref AxiCycle pins) => change(ref pins.Ar));

    private delegate void AddressChange(ref AxiAddressPins pins);
}

using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Tests.Rtl;

/// <summary>Every fault of rtl/axi_faults.sv, with the exact set of rules that must fail, warnings apart.</summary>
internal static class PairFaults
{
    private const string WritesDone = "AXI4_ERRS_BRESP_ALL_DONE_EOS";
    private const string ReadsDone = "AXI4_ERRS_RLAST_ALL_DONE_EOS";
    private const string Unanswered = "the request that was meant stays open";

    public static IReadOnlyList<PairFault> All { get; } = [.. SlaveRequests(), .. SlaveResponses(), .. SlaveData(), .. MasterPins(), .. MasterRequests()];

    private static IEnumerable<PairFault> SlaveRequests() =>
    [
        new("B_OVERWRITTEN", AxiBlame.Slave, WritesDone, 'E', ("MAST_SINGLE_OUTSTANDING", "it takes a master that asks twice")),
        new("AR_TWICE_LOST", AxiBlame.Slave, ReadsDone, 'E', ("MAST_SINGLE_OUTSTANDING", "it takes a master that asks twice")),
        new("WLAST_ALONE", AxiBlame.Slave, WritesDone, 'E'),
        new("AW_AR_LOST", AxiBlame.Slave, WritesDone, 'E', (ReadsDone, "both are lost")),
        new("AR_LOST_BESIDE_W", AxiBlame.Slave, ReadsDone, 'E'),
        new("READ_USES_AWLEN", AxiBlame.Slave, "AXI4_ERRS_RDATA_NUM", 'F'),
        new("ERROR_ONE_BEAT", AxiBlame.Slave, "AXI4_ERRS_RDATA_NUM", 'F'),
        new("NARROW_OKAY", AxiBlame.Slave, "MAST_NARROW_SLVERR", 'F', ("MAST_SIZE_FULL", "it takes a master that asks for narrow beats")),
    ];

    private static IEnumerable<PairFault> SlaveResponses() =>
    [
        new("BID_LIVE", AxiBlame.Slave, "AXI4_ERRS_BRESP", 'F', (WritesDone, Unanswered)),
        new("RID_LIVE", AxiBlame.Slave, "AXI4_ERRS_RID", 'F', (ReadsDone, Unanswered)),
        new("B_WRONG_ID", AxiBlame.Slave, "AXI4_ERRS_BRESP", 'F', (WritesDone, Unanswered)),
        new("R_WRONG_ID", AxiBlame.Slave, "AXI4_ERRS_RID", 'F', (ReadsDone, Unanswered)),
        new("B_BEFORE_W", AxiBlame.Slave, "AXI4_ERRS_BRESP_WLAST", 'F'),
        new("B_BEFORE_AW", AxiBlame.Slave, "AXI4_ERRS_BRESP_AW", 'F'),
        new("B_TWICE", AxiBlame.Slave, "AXI4_ERRS_BRESP", 'F'),
        new("R_TWICE", AxiBlame.Slave, "AXI4_ERRS_RID", 'F'),
        new("R_STRAY", AxiBlame.Slave, "AXI4_ERRS_RID", 'F'),
        new("B_SAME_CYCLE", AxiBlame.Slave, "EXT_BVALID_SAME_CYCLE", 'F'),
        new("R_SAME_CYCLE", AxiBlame.Slave, "EXT_RVALID_SAME_CYCLE", 'F'),
        new("BVALID_AFTER_RESET", AxiBlame.Slave, "AXI4_ERRS_BVALID_RESET", 'F', ("AXI4_ERRS_BRESP", "nothing was asked for")),
        new("R_FROM_BEFORE_RESET", AxiBlame.Slave, "EXT_RESET_ABORT", 'F', ("AXI4_ERRS_RID", "nothing was asked for since the reset")),
        new("B_EXOKAY", AxiBlame.Slave, "AXI4_ERRS_BRESP_EXOKAY", 'F', ("MAST_NO_EXOKAY", "generation A has none at all")),
        new("R_EXOKAY", AxiBlame.Slave, "AXI4_ERRS_RRESP_EXOKAY", 'F', ("MAST_NO_EXOKAY", "generation A has none at all")),
        new("BRESP_X", AxiBlame.Slave, "AXI4_ERRS_BRESP_X", 'F'),
        new("B_LOST_IN_WAIT", AxiBlame.Slave, "AXI4_ERRS_BVALID_STABLE", 'F', (WritesDone, "it does not come again")),
        new("RVALID_DROPPED", AxiBlame.Slave, "AXI4_ERRS_RVALID_STABLE", 'F'),
        new("RLAST_ADVANCES", AxiBlame.Slave, "AXI4_ERRS_RLAST_STABLE", 'F', ("AXI4_ERRS_RDATA_NUM", "the counter is past the end when the last beat comes")),
        new("RLAST_NEVER", AxiBlame.Slave, "AXI4_ERRS_RDATA_NUM", 'F'),
    ];

    private static IEnumerable<PairFault> SlaveData() =>
    [
        new("RDATA_ON_RREADY", AxiBlame.Slave, "EXT_RDATA_MISMATCH", 'M'),
        new("RDATA_CHANGES", AxiBlame.Slave, "AXI4_ERRS_RDATA_STABLE", 'F'),
        new("RDATA_X", AxiBlame.Slave, "AXI4_ERRS_RDATA_X", 'F'),
        new("WRONG_PAIRING", AxiBlame.Slave, "EXT_RDATA_MISMATCH", 'M'),
        new("WSTRB_IGNORED", AxiBlame.Slave, "EXT_WRITE_EFFECT", 'M'),
    ];

    private static IEnumerable<PairFault> MasterPins() =>
    [
        new("AWVALID_DROPPED", AxiBlame.Master, "AXI4_ERRM_AWVALID_STABLE", 'F'),
        new("ARVALID_DROPPED", AxiBlame.Master, "AXI4_ERRM_ARVALID_STABLE", 'F'),
        new("WVALID_DROPPED", AxiBlame.Master, "AXI4_ERRM_WVALID_STABLE", 'F'),
        new("AWADDR_CHANGES", AxiBlame.Master, "AXI4_ERRM_AWADDR_STABLE", 'F'),
        new("WDATA_CHANGES", AxiBlame.Master, "AXI4_ERRM_WDATA_STABLE", 'F'),
        new("WDATA_X", AxiBlame.Master, "AXI4_ERRM_WDATA_X", 'F'),
        new("ARVALID_AFTER_RESET", AxiBlame.Master, "AXI4_ERRM_ARVALID_RESET", 'F'),
        new("WVALID_IN_RESET", AxiBlame.Master, "EXT_VALID_IN_RESET", 'F'),
        new("MUTUAL_WAIT", AxiBlame.Master, "EXT_DEADLOCK", 'D'),
        new("BREADY_NEVER", AxiBlame.Master, "EXT_DEADLOCK", 'D', (WritesDone, "the write is not done either")),
        new("RREADY_NEVER", AxiBlame.Master, "EXT_DEADLOCK", 'D', (ReadsDone, "the read is not done either")),
    ];

    private static IEnumerable<PairFault> MasterRequests() =>
    [
        new("WLAST_EARLY", AxiBlame.Master, "AXI4_ERRM_WDATA_NUM", 'F'),
        new("WLAST_NEVER", AxiBlame.Master, "AXI4_ERRM_WDATA_NUM", 'F'),
        new("WRITE_STOPS", AxiBlame.Master, WritesDone, 'E'),
        new("STROBE_BELOW", AxiBlame.Master, "AXI4_ERRM_WSTRB", 'F'),
        new("WRITE_CROSSES_PAGE", AxiBlame.Master, "AXI4_ERRM_AWADDR_BOUNDARY", 'F'),
        new("READ_CROSSES_PAGE", AxiBlame.Master, "AXI4_ERRM_ARADDR_BOUNDARY", 'F'),
        new("WRITE_FIXED_17", AxiBlame.Master, "AXI4_ERRM_AWLEN_FIXED", 'F'),
        new("READ_FIXED_17", AxiBlame.Master, "AXI4_ERRM_ARLEN_FIXED", 'F'),
        new("BURST_RESERVED", AxiBlame.Master, "AXI4_ERRM_AWBURST", 'F', ("MAST_BURST_SUPPORTED", "generation A has INCR and FIXED")),
        new("BURST_WRAP", AxiBlame.Master, "MAST_BURST_SUPPORTED", 'F'),
        new("NARROW", AxiBlame.Master, "MAST_SIZE_FULL", 'F'),
        new("SIZE_6", AxiBlame.Master, "AXI4_ERRM_AWSIZE", 'F', ("MAST_SIZE_FULL", "generation A has size 5")),
        new("CACHE_RESERVED", AxiBlame.Master, "AXI4_ERRM_ARCACHE", 'F'),
    ];
}

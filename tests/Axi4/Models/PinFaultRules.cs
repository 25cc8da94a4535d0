using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Tests.Axi4.Models;

/// <summary>The rules that a wire breaks by going wrong, beside the one of its own name, each for a reason.</summary>
internal static class PinFaultRules
{
    private const string WritesDone = "AXI4_ERRS_BRESP_ALL_DONE_EOS";
    private const string ReadsDone = "AXI4_ERRS_RLAST_ALL_DONE_EOS";
    private const string Deadlock = "EXT_DEADLOCK";
    private const string SizeFull = "MAST_SIZE_FULL";
    private const string NoExOkay = "MAST_NO_EXOKAY";

    // LOCK becomes 1: bursts of the traffic are too long, not aligned to their bytes, or of no power of two.
    private static readonly string[] Exclusive = ["AXI4_ERRM_EXCL_ALIGN", "AXI4_ERRM_EXCL_LEN"];

    private static readonly Dictionary<(AxiPinFaultKind Kind, AxiSignal Signal), string[]> More = new()
    {
        // Strobes, data and LAST that follow are those of the address as it was first; at a lower bit of the address, at half the size, at another length.
        // A byte below an address that moved up is seen not to have been written.
        [(AxiPinFaultKind.ChangesWhileStalled, AxiSignal.AwAddr)] = ["AXI4_ERRM_WSTRB", "EXT_WRITE_EFFECT"],
        [(AxiPinFaultKind.ChangesWhileStalled, AxiSignal.AwSize)] = ["AXI4_ERRM_WSTRB", SizeFull],

        // The slave waits for a beat more, or takes one less and lets the last of them wait.
        [(AxiPinFaultKind.ChangesWhileStalled, AxiSignal.AwLen)] = ["AXI4_ERRM_WDATA_NUM", Deadlock],
        [(AxiPinFaultKind.ChangesWhileStalled, AxiSignal.ArSize)] = [SizeFull],

        // INCR becomes FIXED, of more than 16 beats; FIXED becomes INCR, over the end of a page.
        [(AxiPinFaultKind.ChangesWhileStalled, AxiSignal.AwBurst)] = ["AXI4_ERRM_AWLEN_FIXED"],
        [(AxiPinFaultKind.ChangesWhileStalled, AxiSignal.ArBurst)] = ["AXI4_ERRM_ARLEN_FIXED", "AXI4_ERRM_ARADDR_BOUNDARY"],
        [(AxiPinFaultKind.ChangesWhileStalled, AxiSignal.AwLock)] = ["AXI4_ERRM_AWLEN_LOCK", .. Exclusive],
        [(AxiPinFaultKind.ChangesWhileStalled, AxiSignal.ArLock)] = ["AXI4_ERRM_ARLEN_LOCK", .. Exclusive],

        // The slave takes a LAST that is early for the end of the burst, and answers; the beats behind it belong to nothing, and wait for ever.
        [(AxiPinFaultKind.ChangesWhileStalled, AxiSignal.WLast)] = ["AXI4_ERRM_WDATA_NUM", "AXI4_ERRS_BRESP_WLAST", WritesDone, Deadlock],

        // An answer under another id answers nothing, and the request under the true one has none.
        [(AxiPinFaultKind.ChangesWhileStalled, AxiSignal.BId)] = ["AXI4_ERRS_BRESP", WritesDone],
        [(AxiPinFaultKind.ChangesWhileStalled, AxiSignal.RId)] = ["AXI4_ERRS_RID", ReadsDone],

        // OKAY becomes EXOKAY, and nothing was exclusive.
        [(AxiPinFaultKind.ChangesWhileStalled, AxiSignal.BResp)] = ["AXI4_ERRS_BRESP_EXOKAY", NoExOkay],
        [(AxiPinFaultKind.ChangesWhileStalled, AxiSignal.RResp)] = ["AXI4_ERRS_RRESP_EXOKAY", NoExOkay],
        [(AxiPinFaultKind.ChangesWhileStalled, AxiSignal.RData)] = ["EXT_RDATA_MISMATCH", "EXT_WRITE_EFFECT"],

        // A LAST that is early ends the read; the beats behind it belong to nothing.
        [(AxiPinFaultKind.ChangesWhileStalled, AxiSignal.RLast)] = ["AXI4_ERRS_RID", "AXI4_ERRS_RDATA_NUM"],

        // A length that is read as another leaves the slave with beats that it does not take; an unknown LAST is not high where it should be.
        [(AxiPinFaultKind.Unknown, AxiSignal.AwLen)] = [Deadlock],
        [(AxiPinFaultKind.Unknown, AxiSignal.WLast)] = ["AXI4_ERRM_WDATA_NUM"],

        // A VALID of one clock falls while it waits, and an answer in it answers nothing. A read is offered in the very next clock: VALID stays, and what it offers changes.
        [(AxiPinFaultKind.HighLeavingReset, AxiSignal.AwValid)] = ["AXI4_ERRM_AWVALID_STABLE"],
        [(AxiPinFaultKind.HighLeavingReset, AxiSignal.WValid)] = ["AXI4_ERRM_WVALID_STABLE"],
        [(AxiPinFaultKind.HighLeavingReset, AxiSignal.BValid)] = ["AXI4_ERRS_BVALID_STABLE", "AXI4_ERRS_BRESP"],
        [(AxiPinFaultKind.HighLeavingReset, AxiSignal.RValid)] = ["AXI4_ERRS_RVALID_STABLE", "AXI4_ERRS_RID"],
        [(AxiPinFaultKind.HighLeavingReset, AxiSignal.ArValid)] = [.. new[] { "ADDR", "ID", "LEN", "SIZE", "BURST", "PROT", "QOS" }.Select(name => $"AXI4_ERRM_AR{name}_STABLE")],

        // What was accepted is not answered, or its answer not taken. Of an AR that is not accepted nothing is under way.
        [(AxiPinFaultKind.StuckLow, AxiSignal.AwReady)] = [WritesDone],
        [(AxiPinFaultKind.StuckLow, AxiSignal.WReady)] = [WritesDone],
        [(AxiPinFaultKind.StuckLow, AxiSignal.BReady)] = [WritesDone],
        [(AxiPinFaultKind.StuckLow, AxiSignal.RReady)] = [ReadsDone],
    };

    /// <summary>The other rules that the wire breaks.</summary>
    public static string[] Beside(AxiPinFaultKind kind, AxiSignal signal) => More.GetValueOrDefault((kind, signal), []);

    /// <summary>The cycle of the first violation of the rule of its name: after 4 clocks of reset, of which the first has none before it, the same for all wires of a channel.</summary>
    public static long FirstCycle(AxiPinFaultKind kind, AxiSignal signal) => kind switch
    {
        AxiPinFaultKind.HighInReset => 1,
        AxiPinFaultKind.HighLeavingReset => 4,

        // Nothing is offered in the first clock.
        AxiPinFaultKind.Unknown when AxiPinEdit.IsHandshake(signal) => 4,

        // The first clock with VALID, and the second of the first stall.
        AxiPinFaultKind.Unknown => ByChannel(signal, aw: 7, ar: 5, w: 6, b: 94, r: 7),
        _ => ByChannel(signal, aw: 505, ar: 269, w: 13, b: 156, r: 15),
    };

    private static long ByChannel(AxiSignal signal, long aw, long ar, long w, long b, long r) => signal.ToString()[..2] switch
    {
        "Aw" => aw,
        "Ar" => ar,
        var name => name[0] switch { 'W' => w, 'B' => b, _ => r },
    };
}

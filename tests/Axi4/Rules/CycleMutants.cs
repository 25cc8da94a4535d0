using Spanker.Conformance.Axi4;
using Spanker.Conformance.Tests.Axi4.Bench;
using static Spanker.Conformance.Tests.Axi4.Rules.Mutant;

namespace Spanker.Conformance.Tests.Axi4.Rules;

/// <summary>Mutants of the rules that look at cycles: reset, VALID, payloads that wait, READY.</summary>
internal static class CycleMutants
{
    private const string Again = "its VALID falls again before READY";

    private static readonly ProfileScenario Base = new();

    public static IEnumerable<Mutant> All => [.. Resets(), .. Valids(), .. Payloads(), .. Waits()];

    private static IEnumerable<Mutant> Resets() =>
    [
        Edit("AXI4_ERRM_AWVALID_RESET", Base.Build, Released((ref AxiCycle pins) => pins.Aw.Valid = AxiBit.High), ("AXI4_ERRM_AWVALID_STABLE", Again)),
        Edit("AXI4_ERRM_WVALID_RESET", Base.Build, Released((ref AxiCycle pins) => pins.W.Valid = AxiBit.High), ("AXI4_ERRM_WVALID_STABLE", Again)),
        Edit("AXI4_ERRM_ARVALID_RESET", Base.Build, Released((ref AxiCycle pins) => pins.Ar.Valid = AxiBit.High), ("AXI4_ERRM_ARVALID_STABLE", Again)),
        Edit(
            "AXI4_ERRS_BVALID_RESET",
            Base.Build,
            Released((ref AxiCycle pins) => pins.B.Valid = AxiBit.High),
            ("AXI4_ERRS_BVALID_STABLE", Again),
            ("AXI4_ERRS_BRESP", "nothing is outstanding after reset")),
        Edit(
            "AXI4_ERRS_RVALID_RESET",
            Base.Build,
            Released((ref AxiCycle pins) => pins.R.Valid = AxiBit.High),
            ("AXI4_ERRS_RVALID_STABLE", Again),
            ("AXI4_ERRS_RID", "nothing is outstanding after reset")),
        Edit("EXT_VALID_IN_RESET", Base.Build, line => line.Change(3, (ref AxiCycle pins) => pins.W.Valid = AxiBit.High)),
        new(
            "EXT_RESET_ABORT",
            Base.Build,
            (Base with { AnswersAborted = true }).Build,
            ("AXI4_ERRS_RID", "after the reset no read of that id is outstanding")),
    ];

    private static IEnumerable<Mutant> Valids() =>
    [
        Edit("AXI4_ERRM_AWVALID_STABLE", Base.Build, Waiting("w0.aw", (ref AxiCycle pins) => pins.Aw.Valid = AxiBit.Low)),
        Edit("AXI4_ERRM_WVALID_STABLE", Base.Build, Waiting("w0.w1", (ref AxiCycle pins) => pins.W.Valid = AxiBit.Low)),
        Edit("AXI4_ERRS_BVALID_STABLE", Base.Build, Waiting("w0.b", (ref AxiCycle pins) => pins.B.Valid = AxiBit.Low)),
        Edit("AXI4_ERRM_ARVALID_STABLE", Base.Build, Waiting("r0.ar", (ref AxiCycle pins) => pins.Ar.Valid = AxiBit.Low)),
        Edit("AXI4_ERRS_RVALID_STABLE", Base.Build, Waiting("r0.r1", (ref AxiCycle pins) => pins.R.Valid = AxiBit.Low)),
    ];

    private static IEnumerable<Mutant> Payloads()
    {
        foreach (AxiSignal signal in Enum.GetValues<AxiSignal>())
        {
            Func<Timeline> passing = new GeneralScenario().Build;
            (string offer, passing) = signal switch
            {
                AxiSignal.AwRegion or AxiSignal.AwUser => ("wrap.aw", passing),
                AxiSignal.ArRegion or AxiSignal.ArUser => ("wrapr.ar", passing),
                >= AxiSignal.AwAddr and <= AxiSignal.AwUser => ("w0.aw", Base.Build),
                >= AxiSignal.ArAddr and <= AxiSignal.ArUser => ("r0.ar", Base.Build),
                AxiSignal.WData or AxiSignal.WStrb or AxiSignal.WLast => ("w0.w1", Base.Build),
                AxiSignal.BId or AxiSignal.BResp => ("w0.b", Base.Build),
                AxiSignal.RId or AxiSignal.RData or AxiSignal.RResp or AxiSignal.RLast => ("r0.r1", Base.Build),
                _ => (string.Empty, passing),
            };
            (string Rule, string Reason)[] further = signal switch
            {
                AxiSignal.BId => [("AXI4_ERRS_BRESP", "while it shows the other id, B answers nothing that is outstanding")],
                AxiSignal.RId => [("AXI4_ERRS_RID", "while it shows the other id, R answers nothing that is outstanding")],
                _ => [],
            };
            if (offer.Length > 0)
            {
                string side = signal >= AxiSignal.BValid ? "ERRS" : "ERRM";
                string rule = $"AXI4_{side}_{signal.ToString().ToUpperInvariant()}_STABLE";
                yield return Edit(rule, passing, Waiting(offer, (ref AxiCycle pins) => AxiPinEdit.Flip(ref pins, signal)), further);
            }
        }
    }

    private static IEnumerable<Mutant> Waits() =>
    [
        new("AXI4_RECS_AWREADY_MAX_WAIT", Base.Build, (Base with { W0 = Base.W0 with { AddressWait = 17 } }).Build),
        new("AXI4_RECS_WREADY_MAX_WAIT", Base.Build, (Base with { W0 = Base.W0 with { DataWait = 17 } }).Build),
        new("AXI4_RECM_BREADY_MAX_WAIT", Base.Build, (Base with { W0 = Base.W0 with { ResponseWait = 17 } }).Build),
        new("AXI4_RECS_ARREADY_MAX_WAIT", Base.Build, (Base with { R0 = Base.R0 with { AddressWait = 17 } }).Build),
        new("AXI4_RECM_RREADY_MAX_WAIT", Base.Build, (Base with { R0 = Base.R0 with { DataWait = 17 } }).Build),
        new(
            "EXT_DEADLOCK",
            Base.Build,
            (Base with { R0 = Base.R0 with { AddressWait = 61 } }).Build,
            ("AXI4_RECS_ARREADY_MAX_WAIT", "what waits for ever waits too long")),
    ];

    /// <summary>A change of the first edge after the first reset.</summary>
    private static Action<Timeline> Released(PinChange change) => line => line.Change(5, change);

    /// <summary>A change of the second of the three cycles of a transfer, in which VALID waits.</summary>
    private static Action<Timeline> Waiting(string offer, PinChange change) => line => line.Change(line[offer].First + 1, change);
}

using Spanker.Conformance.Axi4;
using Spanker.Conformance.Tests.Axi4.Bench;
using static Spanker.Conformance.Tests.Axi4.Rules.Mutant;

namespace Spanker.Conformance.Tests.Axi4.Rules;

/// <summary>Mutants of the x rules: one bit of one signal is x in one cycle, and nothing else may fail.</summary>
internal static class UnknownMutants
{
    private static readonly ProfileScenario Base = new();

    public static IEnumerable<Mutant> All
    {
        get
        {
            for (AxiSignal signal = AxiSignal.AwValid; signal <= AxiSignal.RLast; signal++)
            {
                AxiSignal changed = signal;
                Func<Timeline> passing = signal is AxiSignal.AwRegion or AxiSignal.AwUser or AxiSignal.ArRegion or AxiSignal.ArUser
                    ? new GeneralScenario().Build
                    : Base.Build;
                yield return Edit(
                    $"AXI4_{Driver(signal)}_{signal.ToString().ToUpperInvariant()}_X",
                    passing,
                    line => line.Change(Place(line, changed), (ref AxiCycle pins) => AxiPinEdit.MakeUnknown(ref pins, changed)));
            }
        }
    }

    private static string Driver(AxiSignal signal) => signal switch
    {
        AxiSignal.AwReady or AxiSignal.WReady or AxiSignal.ArReady => "ERRS",
        AxiSignal.BReady or AxiSignal.RReady => "ERRM",
        >= AxiSignal.BValid => "ERRS",
        _ => "ERRM",
    };

    /// <summary>VALID and READY in the last idle cycle, payload in the cycle of a transfer without waits.</summary>
    private static int Place(Timeline line, AxiSignal signal) => signal switch
    {
        AxiSignal.AwValid or AxiSignal.AwReady or AxiSignal.WValid or AxiSignal.WReady or AxiSignal.BValid => line.Length - 1,
        AxiSignal.BReady or AxiSignal.ArValid or AxiSignal.ArReady or AxiSignal.RValid or AxiSignal.RReady => line.Length - 1,
        AxiSignal.AwRegion or AxiSignal.AwUser => line["exclw.aw"].Taken,
        AxiSignal.ArRegion or AxiSignal.ArUser => line["exclr.ar"].Taken,
        <= AxiSignal.AwUser => line["w3.aw"].Taken,
        <= AxiSignal.ArUser => line["r3.ar"].Taken,
        <= AxiSignal.WLast => line["w3.w0"].Taken,
        <= AxiSignal.BResp => line["w3.b"].Taken,
        _ => line["r3.r0"].Taken,
    };
}

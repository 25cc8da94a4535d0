using Spanker.Conformance.Axi4;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Models;

/// <summary>A wire that goes wrong breaks the rule that is named after it.</summary>
public sealed class PinFaultTests
{
    private static readonly AxiSignal[] Valids = [AxiSignal.AwValid, AxiSignal.WValid, AxiSignal.BValid, AxiSignal.ArValid, AxiSignal.RValid];

    private static readonly StallSetting Setting = StallSetting.GenerationA.Single(each => each.Name == "all at once") is var all
        ? all with { Master = all.Master with { MaxOutstanding = 1 } }
        : throw new InvalidOperationException();

    public static TheoryData<AxiPinFaultKind, AxiSignal> Faults
    {
        get
        {
            TheoryData<AxiPinFaultKind, AxiSignal> rows = [];
            foreach (AxiSignal signal in Enum.GetValues<AxiSignal>().Where(signal => signal != AxiSignal.Reset && AxiBusShape.ProfileA.Signals.Has(signal)))
            {
                rows.Add(AxiPinFaultKind.Unknown, signal);
                if (!AxiPinEdit.IsHandshake(signal))
                {
                    rows.Add(AxiPinFaultKind.ChangesWhileStalled, signal);
                }
            }

            foreach (AxiSignal valid in Valids)
            {
                rows.Add(AxiPinFaultKind.DropsWhileStalled, valid);
                rows.Add(AxiPinFaultKind.HighInReset, valid);
                rows.Add(AxiPinFaultKind.HighLeavingReset, valid);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_faulty_wire_breaks_the_rule_of_its_name_and_exactly_those_committed_beside_it(AxiPinFaultKind kind, AxiSignal signal)
    {
        string rule = kind switch
        {
            AxiPinFaultKind.Unknown => $"{Prefix(signal)}_{NameOf(signal)}_X",
            AxiPinFaultKind.HighInReset => "EXT_VALID_IN_RESET",
            AxiPinFaultKind.HighLeavingReset => $"{Prefix(signal)}_{NameOf(signal)}_RESET",
            _ => $"{Prefix(signal)}_{NameOf(signal)}_STABLE",
        };

        AxiVerdict verdict = ModelBench.Run(AxiBusShape.ProfileA, AxiProfile.GenerationA, Setting, seed: 5, cycles: 4_000, out _, pinFaults: [new(kind, signal)]);

        Assert.Equal(PinFaultRules.Beside(kind, signal).Append(rule).Order(StringComparer.Ordinal), ModelBench.Broken(verdict));
        AxiRuleResult named = verdict.Rules.Single(result => result.Rule.Id == rule);
        AxiBlame driver = Prefix(signal) == "AXI4_ERRM" ? AxiBlame.Master : AxiBlame.Slave;
        Assert.Equal(PinFaultRules.FirstCycle(kind, signal), named.Findings[0].Cycle);
        Assert.All(named.Findings, finding => Assert.Equal(driver, finding.Blame));
    }

    [Theory]
    [InlineData(AxiSignal.AwReady)]
    [InlineData(AxiSignal.WReady)]
    [InlineData(AxiSignal.BReady)]
    [InlineData(AxiSignal.ArReady)]
    [InlineData(AxiSignal.RReady)]
    public void A_READY_that_never_rises_is_a_deadlock(AxiSignal ready)
    {
        AxiVerdict verdict = ModelBench.Run(AxiBusShape.ProfileA, AxiProfile.GenerationA, Setting, seed: 5, cycles: 20_000, out _, pinFaults: [new(AxiPinFaultKind.StuckLow, ready, From: 1000)]);

        AxiRuleResult deadlock = verdict.Of(AxiRules.All.Single(rule => rule.Id == "EXT_DEADLOCK"));
        Assert.Equal(1, deadlock.Violated);
        Assert.Equal(PinFaultRules.Beside(AxiPinFaultKind.StuckLow, ready).Append("EXT_DEADLOCK").Order(StringComparer.Ordinal), ModelBench.Broken(verdict));
        Assert.Equal(Prefix(ready) == "AXI4_ERRM" ? AxiBlame.Master : AxiBlame.Slave, deadlock.Findings[0].Blame);
    }

    private static string NameOf(AxiSignal signal) => signal.ToString().ToUpperInvariant();

    // Who drives what, written out: B and R with their READYs the other way round.
    private static string Prefix(AxiSignal signal) => signal switch
    {
        AxiSignal.AwReady or AxiSignal.WReady or AxiSignal.ArReady or AxiSignal.BValid or AxiSignal.BId or AxiSignal.BResp
            or AxiSignal.RValid or AxiSignal.RId or AxiSignal.RData or AxiSignal.RResp or AxiSignal.RLast => "AXI4_ERRS",
        _ => "AXI4_ERRM",
    };
}

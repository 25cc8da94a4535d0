using Spanker.Conformance.Axi4;
using Spanker.Conformance.Tests.Axi4.Bench;
using Spanker.Conformance.Tests.Axi4.Rules;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Zoo;

/// <summary>What faulty masters and slaves do on the pins, each with the exact set of rules that must fail, and whom they blame.</summary>
public sealed class FaultZooTests
{
    private static readonly Dictionary<string, ZooFault> Faults =
        SlaveFaults.All.Concat(MasterFaults.All).ToDictionary(fault => fault.Name);

    public static TheoryData<string> Names => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_fault_fails_exactly_its_rules_and_the_right_side_is_blamed(string name)
    {
        ZooFault fault = Faults[name];
        Timeline line = new(AxiBusShape.ProfileA, AxiCheckOptions.GenerationA with { DeadlockCycles = 60 });
        line.Reset(3);
        fault.Build(line);
        if (fault.IsStuck)
        {
            line.Repeat(100);
        }
        else
        {
            line.Idle(100);
        }

        AxiVerdict verdict = line.Judge();

        AxiRuleResult[] failing = [.. verdict.Rules.Where(result => result.Outcome == AxiOutcome.Fail && result.Rule.Severity == AxiSeverity.Error)];
        Assert.Equal(fault.Rules.Order(), failing.Select(result => result.Rule.Id).Order());
        Assert.Equal(fault.Blame, failing.Single(result => result.Rule.Id == fault.Rules[0]).Findings[0].Blame);
        Assert.True(verdict.Deviates);
    }
}

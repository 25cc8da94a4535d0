using Spanker.Conformance.Axi4;
using Xunit;

namespace Spanker.Conformance.Tests.Rtl;

/// <summary>Faults in SystemVerilog, simulated by Icarus and by Verilator: what the dump is held to have broken, by whom and when.</summary>
public sealed class PairFaultTests
{
    public static TheoryData<string, Simulator> Runs
    {
        get
        {
            TheoryData<string, Simulator> runs = [];
            foreach (PairFault fault in PairFaults.All)
            {
                runs.Add(fault.Name, Simulator.Icarus);
                runs.Add(fault.Name, Simulator.Verilator);
            }

            return runs;
        }
    }

    public static TheoryData<string> Names => [.. PairFaults.All.Select(fault => fault.Name)];

    [Fact]
    public void Every_fault_of_the_circuit_has_its_rules() =>
        Assert.Equal(PairFault.Numbers.Keys.Order(), PairFaults.All.Select(fault => fault.Name).Order());

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_fault_fails_exactly_its_rules(string name, Simulator simulator)
    {
        PairFault fault = Find(name);

        Assert.Equal(fault.RulesIn(simulator), Failing(Run(fault, simulator)).Select(result => result.Rule.Id).Order());
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void The_named_rule_blames_the_side_that_has_the_fault(string name, Simulator simulator)
    {
        PairFault fault = Find(name);

        Assert.All(Named(fault, simulator), result => Assert.All(result.Findings, finding => Assert.Equal(fault.Blame, finding.Blame)));
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void The_named_rule_fails_first_in_the_cycle_that_the_simulator_printed(string name, Simulator simulator)
    {
        PairFault fault = Find(name);
        long shown = Run(fault, simulator).Log.EdgesOf(fault.Shown)[0];

        Assert.All(Named(fault, simulator), result => Assert.Equal(shown, result.Findings[0].Cycle));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_simulators_agree_but_for_rules_about_x(string name)
    {
        PairFault fault = Find(name);

        Assert.Equal(Outcomes(Run(fault, Simulator.Icarus)), Outcomes(Run(fault, Simulator.Verilator)));
    }

    private static IEnumerable<string> Outcomes(PairRun run) => run.Bus.Verdict.Rules
        .Where(result => !result.Rule.NeedsFourState)
        .Select(result => $"{result.Rule.Id} {result.Outcome} {result.Armed} {result.Violated} {string.Join(' ', result.Findings.Select(finding => finding.Cycle))}");

    private static PairFault Find(string name) => PairFaults.All.Single(fault => fault.Name == name);

    private static PairRun Run(PairFault fault, Simulator simulator) => PairRun.Of(simulator, fault.Number);

    /// <summary>The result of the named rule; none where the simulator cannot show it.</summary>
    private static IEnumerable<AxiRuleResult> Named(PairFault fault, Simulator simulator) =>
        Run(fault, simulator).Bus.Verdict.Rules.Where(result => result.Rule.Id == fault.Rule && fault.RulesIn(simulator).Contains(fault.Rule));

    private static IEnumerable<AxiRuleResult> Failing(PairRun run) =>
        run.Bus.Verdict.Rules.Where(result => result.Outcome == AxiOutcome.Fail && result.Rule.Severity == AxiSeverity.Error);
}

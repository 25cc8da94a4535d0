using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Bus;
using Xunit;

namespace Spanker.Conformance.Tests.Rtl;

/// <summary>The pair without a fault, in both simulators: what the dump says is what the simulator printed, and nothing is wrong.</summary>
public sealed class CleanPairTests
{
    private static readonly string[] NotExercised =
    [
        // Generation A has neither WRAP nor exclusive accesses, and one transaction a direction has no order.
        "AXI4_ERRM_ARADDR_WRAP_ALIGN", "AXI4_ERRM_ARLEN_LOCK", "AXI4_ERRM_ARLEN_WRAP", "AXI4_ERRM_AWADDR_WRAP_ALIGN", "AXI4_ERRM_AWLEN_LOCK", "AXI4_ERRM_AWLEN_WRAP",
        "AXI4_ERRM_EXCL_ALIGN", "AXI4_ERRM_EXCL_LEN", "EXT_ID_ORDER",

        // Full-width beats only.
        "MAST_NARROW_SLVERR",
    ];

    public static TheoryData<Simulator> Both => [Simulator.Icarus, Simulator.Verilator];

    [Theory]
    [MemberData(nameof(Both))]
    public void Transactions_of_the_dump_are_those_that_the_simulator_printed(Simulator simulator)
    {
        PairRun run = Clean(simulator);

        Assert.Equal(run.Log.Transactions(), run.Bus.Transactions.Select(TransactionText.Of));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void No_rule_is_broken_on_any_interface_of_the_dump(Simulator simulator)
    {
        string[] broken = [.. Clean(simulator).Interfaces.SelectMany(each => each.Verdict.Rules
            .Where(result => result.Outcome == AxiOutcome.Fail)
            .Select(result => $"{each.Interface.Name}: {result.Rule.Id}: {result.Findings[0].Message}"))];

        Assert.Empty(broken);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void The_bus_is_seen_between_the_sides_and_at_the_pins_of_either(Simulator simulator)
    {
        string scope = simulator == Simulator.Icarus ? "axi_pair_tb" : "TOP.axi_pair_tb";

        Assert.Equal([$"{scope}.axi", $"{scope}.master.traffic.m_axi", $"{scope}.slave.own"], Clean(simulator).Interfaces.Select(each => each.Interface.Name).Order());
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Without_a_fault_all_interfaces_carry_the_same(Simulator simulator)
    {
        IReadOnlyList<BusVerdict> interfaces = Clean(simulator).Interfaces;
        string[][] carried = [.. interfaces.Select(each => each.Transactions.Select(TransactionText.Of).ToArray())];

        Assert.Equal(interfaces.Select(_ => carried[0]), carried);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void The_reset_of_the_dump_is_found_and_confirmed(Simulator simulator) =>
        Assert.Equal(["aresetn False True"], Clean(simulator).Interfaces.Select(each => $"{each.Interface.Reset?.Variable.Name} {each.Interface.Reset?.IsActiveHigh} {each.Interface.Reset?.IsConfirmed}").Distinct());

    [Theory]
    [MemberData(nameof(Both))]
    public void The_dump_is_complete(Simulator simulator) => Assert.Empty(Clean(simulator).Interfaces.Select(each => each.Incomplete).OfType<string>());

    [Theory]
    [MemberData(nameof(Both))]
    public void Every_rule_that_generation_A_can_exercise_is_exercised(Simulator simulator) =>
        Assert.Equal(NotExercised, Clean(simulator).Bus.Verdict.Rules.Where(result => result.Outcome == AxiOutcome.NotExercised).Select(result => result.Rule.Id).Order());

    [Theory]
    [MemberData(nameof(Both))]
    public void Rules_about_x_are_observable_in_Icarus_only(Simulator simulator)
    {
        bool[] observable = [.. Clean(simulator).Bus.Verdict.Rules.Where(result => result.Rule.NeedsFourState && result.Rule.IsObservable(AxiBusShape.ProfileA))
            .Select(result => result.Outcome != AxiOutcome.NotObservable).Distinct()];

        Assert.Equal([simulator == Simulator.Icarus], observable);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void The_masters_own_comparison_finds_nothing(Simulator simulator) => Assert.Empty(Clean(simulator).Log.EdgesOf('M'));

    [Theory]
    [MemberData(nameof(Both))]
    public void The_traffic_meets_its_edges(Simulator simulator)
    {
        IReadOnlyList<AxiTransaction> all = Clean(simulator).Bus.Transactions;
        (string Edge, bool IsMet)[] edges =
        [
            ("a write of a whole page", all.Any(each => !each.IsRead && each.Burst.Beats == 128)),
            ("a read of a whole page", all.Any(each => each.IsRead && each.Burst.Beats == 128)),
            ("a burst up to the last byte of a page", all.Any(each => each.Burst.Address % 4096 + 128 == 4096 && each.Burst.Beats == 4)),
            ("FIXED of 16 beats", all.Any(each => each.Burst.Kind == AxiBurstKind.Fixed && each.Burst.Beats == 16)),
            ("all of W before AW", all.Any(each => !each.IsRead && each.Beats.Count > 1 && each.Beats[^1].Cycle < each.AddressCycle)),
            ("AW before W", all.Any(each => !each.IsRead && each.AddressCycle < each.Beats[0].OfferedCycle)),
            ("sparse strobes", all.Any(each => !each.IsRead && each.Beats[0].Strobe == 0x5555_5555)),
            ("no strobes", all.Any(each => !each.IsRead && each.Beats[0].Strobe == 0)),
            ("an unaligned write", all.Any(each => !each.IsRead && each.Burst.Kind == AxiBurstKind.Incr && each.Burst.Address % 32 != 0)),
            ("an unaligned read", all.Any(each => each.IsRead && each.Burst.Kind == AxiBurstKind.Incr && each.Burst.Address % 32 != 0)),
            ("DECERR to a write", all.Any(each => !each.IsRead && each.Response == AxiResponse.DecErr)),
            ("DECERR to each beat of a read", all.Any(each => each.IsRead && each.Beats.Count == 4 && each.Beats.All(beat => beat.Response == AxiResponse.DecErr))),
            ("back-pressure on B", all.Any(each => !each.IsRead && each.LastCycle > each.AnswerCycle + 3)),
            ("back-pressure on R", all.Any(each => each.IsRead && each.Beats[0].Cycle > each.Beats[0].OfferedCycle + 3)),
            ("a read beside a write", all.Any(read => read.IsRead && all.Any(write => !write.IsRead && write.AddressCycle < read.AddressCycle && read.LastCycle < write.LastCycle))),
        ];

        Assert.Empty(edges.Where(each => !each.IsMet).Select(each => each.Edge));
    }

    [Fact]
    public void Both_simulators_print_the_same() => Assert.Equal(Clean(Simulator.Icarus).Log.Lines, Clean(Simulator.Verilator).Log.Lines);

    private static PairRun Clean(Simulator simulator) => PairRun.Of(simulator, fault: 0);
}

using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Suite;
using Xunit;
using Xunit.Abstractions;

namespace Spanker.Conformance.Tests.Concurrency.Hosting;

/// <summary>Every interleaving that matters of a host and its cards; the numbers of traces are printed.</summary>
public sealed class HostedTraceTests(ITestOutputHelper output)
{
    /// <summary>Scenarios that are searched to the end for two cards, and the faults with which they are.</summary>
    private static readonly (string Scenario, string[] Faults)[] Small =
    [
        ("host-poll", ["none", "drop", "duplicate", "corrupt", "delay", "peer-gone"]),
        ("host-interrupt", ["none", "drop", "duplicate", "corrupt", "delay", "down", "peer-gone"]),
        ("host-timeout", ["none"]),
        ("dma", ["none", "duplicate", "peer-gone"]),
        ("abort", ["none"]),
        ("close", ["none"]),
    ];

    [Fact]
    public void A_host_s_call_is_right_in_every_trace_of_a_direct_collective_on_2_cards() => AllRight("direct");

    [Fact]
    public void A_host_s_call_is_right_in_every_trace_of_a_ring_on_2_cards() => AllRight("ring", except: "abort");

    [Theory]
    [InlineData("host-poll")]
    [InlineData("host-interrupt")]
    [InlineData("dma")]
    public void A_host_s_call_is_right_in_every_trace_on_3_cards(string scenario)
    {
        Search(scenario, "ring", 3, "none");
        Search(scenario, "direct", 3, "none");
    }

    [Fact]
    public void Beyond_what_is_searched_to_the_end_random_schedules_show_nothing()
    {
        foreach (string scenario in Small.Select(one => one.Scenario))
        {
            foreach (string fault in Enum.GetValues<LinkFaultKind>().Select(LinkFault.NameOf))
            {
                ExploredProgram program = ExplorationScenarios.Build(scenario, Setup("ring", 3, fault))!;
                ExplorationResult result = Exploration.Explorer.Explore(program, new RandomWalk(seed: 7), new ExplorationOptions { MostSchedules = 150 });
                Assert.Null(result.First?.Finding.Message);
            }
        }
    }

    [Theory]
    [InlineData("dma", "DMA against doorbell")]
    [InlineData("host-poll", "interrupt against poll")]
    [InlineData("host-timeout", "timeout")]
    [InlineData("host-timeout", "fault peer-gone")]
    [InlineData("abort", "abort")]
    [InlineData("close", "close")]
    public void A_scenario_reaches_what_it_is_there_for(string scenario, string source)
    {
        ReachedSources reached = new();
        Exploration.Explorer.Explore(
            ExplorationScenarios.Build(scenario, Setup("ring", 2, "none"))!,
            new SourceDpor(),
            new ExplorationOptions { MostSchedules = 3_000, Watches = [reached, reached.Choices] });

        Assert.True(reached.All.Single(one => one.Source == source).Count > 0);
    }

    private void AllRight(string algorithm, string except = "")
    {
        foreach ((string scenario, string[] faults) in Small.Where(one => one.Scenario != except))
        {
            foreach (string fault in faults)
            {
                Search(scenario, algorithm, 2, fault);
            }
        }
    }

    private void Search(string scenario, string algorithm, int cards, string fault)
    {
        ExploredProgram program = ExplorationScenarios.Build(scenario, Setup(algorithm, cards, fault))!;

        ExplorationResult result = Exploration.Explorer.Explore(program, new SourceDpor(), new ExplorationOptions { MostSchedules = 200_000 });

        output.WriteLine($"{scenario} {algorithm} {cards} cards, fault {fault}: {result.Schedules} traces, {result.Blocked} blocked, {result.LongestRun} steps");
        Assert.Null(result.First?.Finding.Message);
        Assert.True(result.Exhausted, $"not searched to the end: {result.Limit}");
    }

    private static CollectiveSetup Setup(string algorithm, int cards, string fault)
    {
        CollectiveSetup setup = new(CollectiveAlgorithms.Find(algorithm, gathers: false)!, cards, Chunks: 1, Credits: 1);
        foreach (LinkFaultKind kind in Enum.GetValues<LinkFaultKind>())
        {
            if (LinkFault.NameOf(kind) == fault)
            {
                return setup with { Fault = new LinkFault(kind, 0, 1) };
            }
        }

        return setup;
    }
}

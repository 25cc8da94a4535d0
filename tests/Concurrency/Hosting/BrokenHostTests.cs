using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Suite;
using Xunit;
using static Spanker.Conformance.Tests.Concurrency.Hosting.BrokenHosts;

namespace Spanker.Conformance.Tests.Concurrency.Hosting;

/// <summary>Each thing that the driver does right, done wrong once, is found; the schedule replays.</summary>
public sealed class BrokenHostTests
{
    private static readonly LinkFault Corrupt = new(LinkFaultKind.Corrupt, 0, 1);
    private static readonly LinkFault Gone = new(LinkFaultKind.PeerGone, 0, 1);

    [Fact]
    public void A_doorbell_that_rings_before_DMA_is_done_is_a_race() =>
        Found(FindingKind.Race, HostedScenario.Interrupt, null, (mesh, algorithm, length) => new RingsBeforeDma(mesh, algorithm, length));

    [Fact]
    public void A_host_that_ignores_a_card_s_error_succeeds_with_wrong_bits() =>
        Found(FindingKind.WrongResult, HostedScenario.Interrupt, Corrupt, (mesh, algorithm, length) => new IgnoresErrors(mesh, algorithm, length));

    [Fact]
    public void An_abort_that_does_not_wake_every_waiter_is_a_deadlock() =>
        Found(FindingKind.Deadlock, HostedScenario.Abort, null, (mesh, algorithm, length) => new LowersTheFlagSoon(mesh, algorithm, length));

    [Fact]
    public void A_close_that_lets_go_of_buffers_early_is_a_race() =>
        Found(FindingKind.Race, HostedScenario.Close, null, (mesh, algorithm, length) => new LetsGoEarly(mesh, algorithm, length));

    [Fact]
    public void A_host_that_does_not_look_again_after_enabling_the_interrupt_loses_a_wake_up() =>
        Found(FindingKind.LostWakeUp, HostedScenario.Interrupt, null, (mesh, algorithm, length) => new LooksBeforeEnablingOnly(mesh, algorithm, length));

    [Fact]
    public void A_call_that_returns_before_DMA_out_is_done_is_a_race() =>
        Found(FindingKind.Race, HostedScenario.Interrupt, null, (mesh, algorithm, length) => new ReturnsBeforeDmaOut(mesh, algorithm, length));

    [Fact]
    public void Forming_without_a_reset_of_the_card_that_is_gone_is_a_race_over_its_command() =>
        Found(FindingKind.Race, HostedScenario.Interrupt, Gone, (mesh, algorithm, length) => new FormsOverAGoneCard(mesh, algorithm, length));

    [Fact]
    public void A_topology_that_takes_work_after_an_error_is_found() =>
        Found(FindingKind.WrongResult, HostedScenario.Interrupt, Corrupt, (mesh, algorithm, length) => new StaysReadyAfterAnError(mesh, algorithm, length));

    [Fact]
    public void A_host_without_a_limit_waits_for_ever_for_a_card_that_is_gone() =>
        Found(FindingKind.Deadlock, HostedScenario.Interrupt, Gone, (mesh, algorithm, length) => new WaitsForEverWithoutALimit(mesh, algorithm, length));

    private static void Found(FindingKind kind, HostedScenario scenario, LinkFault? fault, Func<CardMesh, ICollectiveAlgorithm, int, HostedTopology> driver)
    {
        CollectiveSetup setup = new(new RingAllReduce(), Cards: 2, Chunks: 1, Credits: 1) { Fault = fault };
        HostedProgram program = new(setup, scenario, (mesh, of, _) => driver(mesh, of.Algorithm, of.Length));

        ExplorationResult result = Exploration.Explorer.Explore(program, new SourceDpor(), new ExplorationOptions { MostSchedules = 50_000 });

        Assert.Equal(kind, result.First?.Finding.Kind);
        Assert.Equal(result.First!.Finding, Exploration.Explorer.Replay(program, result.First.Schedule).Finding);
    }
}

using Spanker.Conformance.Collectives;
using Spanker.Conformance.Suite;
using Xunit;
using static Spanker.Conformance.Tests.Concurrency.Hosting.BrokenHosts;

namespace Spanker.Conformance.Tests.Concurrency.Coyote;

/// <summary>A host and its cards on real tasks, in schedules that Coyote draws.</summary>
public sealed class CoyoteHostTests
{
    private const uint Schedules = 100;

    private static readonly CollectiveSetup Ring = new(new RingAllReduce(), Cards: 2, Chunks: 1, Credits: 1);

    public static TheoryData<string> Scenarios => ["poll", "interrupt", "dma", "abort", "close"];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Calls_give_the_right_bits_or_have_a_reason_not_to(string scenario)
    {
        Assert.Null(CoyoteRun.FirstBugOf(() => new HostedProgram(Ring, Find(scenario)), Schedules));
    }

    [Fact]
    public void A_host_that_does_not_look_again_after_enabling_the_interrupt_is_a_deadlock()
    {
        string? bug = CoyoteRun.FirstBugOf(
            () => new HostedProgram(Ring, HostedScenario.Interrupt, (mesh, of, _) => new LooksBeforeEnablingOnly(mesh, of.Algorithm, of.Length)), Schedules);

        Assert.StartsWith("Deadlock detected.", bug, StringComparison.Ordinal);
    }

    private static HostedScenario Find(string name) => name switch
    {
        "poll" => HostedScenario.Poll,
        "interrupt" => HostedScenario.Interrupt,
        "dma" => HostedScenario.Dma,
        "abort" => HostedScenario.Abort,
        _ => HostedScenario.Close,
    };
}

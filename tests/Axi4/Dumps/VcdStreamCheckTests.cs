using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Tests.Support;
using Spanker.Conformance.Vcd;
using Spanker.Conformance.Vcd.Discovery;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Dumps;

/// <summary>The stream <c>tx</c> of the dumps that two simulators made.</summary>
public sealed class VcdStreamCheckTests
{
    // The bench prints a T line for each transfer at the clock's edge, from reset on.
    [Theory]
    [InlineData("icarus.vcd")]
    [InlineData("verilator.vcd")]
    public void The_stream_of_a_dump_keeps_the_rules_and_has_the_transfers_that_the_simulator_printed(string file)
    {
        VcdStreamVerdict stream = Check(file);

        int transfers = File.ReadLines(RepositoryRoot.File("golden/axi4/vcd/transfers.txt")).Count(line => line.StartsWith("T ", StringComparison.Ordinal));
        Assert.Equal(transfers, stream.Verdict.Transfers);
        Assert.Null(stream.Incomplete);
        Assert.DoesNotContain(stream.Verdict.Rules, rule => rule.Violated > 0);
        Assert.Equal(AxiOutcome.Pass, stream.Verdict.Of(StreamRules.StableOf("data")).Outcome);
    }

    [Theory]
    [InlineData("icarus.vcd", AxiOutcome.Pass)]
    [InlineData("verilator.vcd", AxiOutcome.NotObservable)]
    public void X_is_not_observable_in_two_states(string file, AxiOutcome expected) => Assert.Equal(expected, Check(file).Verdict.Of(StreamRules.UnknownOf("data")).Outcome);

    [Fact]
    public void A_gap_fails_no_rule() => Assert.DoesNotContain(Check("icarus-gap.vcd").Verdict.Rules, rule => rule.Violated > 0);

    private static VcdStreamVerdict Check(string file)
    {
        string path = RepositoryRoot.File($"golden/axi4/vcd/{file}");
        IReadOnlyList<VcdInterface> found = VcdDiscovery.Discover(() => VcdReader.OpenFile(path));
        return Assert.Single(VcdStreamCheck.Check(() => VcdReader.OpenFile(path), found, AxiCheckOptions.Default, CancellationToken.None));
    }
}

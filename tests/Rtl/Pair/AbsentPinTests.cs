using Spanker.Conformance.Axi4;
using Spanker.Conformance.Suite.Bus;
using Spanker.Conformance.Vcd.Discovery;
using Xunit;

namespace Spanker.Conformance.Tests.Rtl;

/// <summary>What a trace does not show breaks no rule.</summary>
public sealed class AbsentPinTests
{
    private static readonly Lazy<byte[]> Dump = new(() => PairRun.DumpOf(Simulator.Icarus, fault: 0));

    // Pins whose absence stands for no default that the traffic does not keep to: an absent LEN is one beat, BURST is INCR, WSTRB all bytes.
    public static TheoryData<string> Payload =>
    [
        .. "size lock cache prot qos".Split(' ').SelectMany(pin => new[] { $"aw{pin}", $"ar{pin}" }),
        "awaddr", "araddr", "wdata", "wlast", "bresp", "rdata", "rresp", "rlast", "awid", "bid", "arid", "rid",
    ];

    [Theory]
    [MemberData(nameof(Payload))]
    public void Without_a_pin_a_clean_dump_breaks_no_rule(string roles)
    {
        BusVerdict bus = Check([.. roles.Split(' ')]);

        Assert.Empty(bus.Verdict.Rules.Where(result => result.Outcome == AxiOutcome.Fail).Select(result => $"{result.Rule.Id}: {result.Findings[0].Message}"));
    }

    /// <summary>The verdict on the bus by a map that leaves pins out.</summary>
    private static BusVerdict Check(string[] without)
    {
        string map = string.Join('\n', PairRun.Of(Simulator.Icarus, fault: 0).Bus.Interface.ToString().Split('\n').Where(line => !without.Contains(line.Trim().Split(' ')[0])));
        return VcdBusCheck.Check(() => new MemoryStream(Dump.Value), VcdMap.Parse(map), AxiCheckOptions.GenerationA, keepsTransactions: false, CancellationToken.None).Single();
    }
}

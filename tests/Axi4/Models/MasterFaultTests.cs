using Spanker.Conformance.Axi4;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Models;

/// <summary>The master does a request that breaks a rule to the letter, and the rule tells.</summary>
public sealed class MasterFaultTests
{
    private const int FullSize = 5;
    private static readonly StallSetting Setting = new("plain", new AxiMasterOptions(), new AxiSlaveOptions());

    private static readonly Dictionary<string, (Func<AxiRequest, AxiRequest> Rewrite, string[] Rules)> Expected = new()
    {
        ["a write crosses 4 KiB"] = (request => Write(new(0x4fe0, beats: 2, FullSize, AxiBurstKind.Incr)), ["AXI4_ERRM_AWADDR_BOUNDARY"]),
        ["a read crosses 4 KiB"] = (request => Read(new(0x4f00, beats: 9, FullSize, AxiBurstKind.Incr)), ["AXI4_ERRM_ARADDR_BOUNDARY"]),
        ["FIXED of 17"] = (request => Write(new(0x4000, beats: 17, FullSize, AxiBurstKind.Fixed)), ["AXI4_ERRM_AWLEN_FIXED"]),
        ["a read FIXED of 17"] = (request => Read(new(0x4000, beats: 17, FullSize, AxiBurstKind.Fixed)), ["AXI4_ERRM_ARLEN_FIXED"]),
        ["burst 3"] = (request => Write(new(0x4000, beats: 2, FullSize, AxiBurstKind.Reserved)), ["AXI4_ERRM_AWBURST", "MAST_BURST_SUPPORTED"]),
        ["size 6"] = (request => Read(new(0x4000, beats: 1, size: 6, AxiBurstKind.Incr)), ["AXI4_ERRM_ARSIZE", "MAST_SIZE_FULL"]),
        ["a narrow write"] = (request => Write(new(0x4000, beats: 2, size: 2, AxiBurstKind.Incr)), ["MAST_SIZE_FULL"]),
        ["a legal WRAP"] = (request => Read(new(0x4020, beats: 4, FullSize, AxiBurstKind.Wrap)), ["MAST_BURST_SUPPORTED"]),
        ["WRAP of 3"] = (request => Read(new(0x4000, beats: 3, FullSize, AxiBurstKind.Wrap)), ["AXI4_ERRM_ARLEN_WRAP", "MAST_BURST_SUPPORTED"]),
        ["WRAP that is not aligned"] = (request => Write(new(0x4008, beats: 4, FullSize, AxiBurstKind.Wrap)), ["AXI4_ERRM_AWADDR_WRAP_ALIGN", "MAST_BURST_SUPPORTED"]),
        ["WLAST early"] = (request => Write(new(0x4000, beats: 4, FullSize, AxiBurstKind.Incr)) with { Data = new ulong[8], Lasts = new[] { false, true } }, ["AXI4_ERRM_WDATA_NUM"]),
        ["WLAST never"] = (request => Write(new(0x4000, beats: 2, FullSize, AxiBurstKind.Incr)) with { Lasts = new[] { false, false } }, ["AXI4_ERRM_WDATA_NUM"]),
        ["a strobe below an unaligned address"] = (request => Write(new(0x4004, beats: 2, FullSize, AxiBurstKind.Incr)) with { Strobes = new UInt128[] { uint.MaxValue, uint.MaxValue } }, ["AXI4_ERRM_WSTRB"]),
        ["AxCACHE 1000"] = (request => Read(new(0x4000, beats: 1, FullSize, AxiBurstKind.Incr)) with { Attributes = 8UL << AxiAttributes.CacheShift }, ["AXI4_ERRM_ARCACHE"]),

        // 544 bytes are no power of two, and no address is aligned to them but by chance.
        ["exclusive of 17 beats"] = (request => Read(new(0x4000, beats: 17, FullSize, AxiBurstKind.Incr)) with { Attributes = 1UL << AxiAttributes.LockShift }, ["AXI4_ERRM_ARLEN_LOCK", "AXI4_ERRM_EXCL_ALIGN", "AXI4_ERRM_EXCL_LEN"]),
    };

    public static TheoryData<string> Faults => [.. Expected.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_request_that_breaks_a_rule_breaks_exactly_the_committed_ones(string name)
    {
        int count = 0;
        AxiVerdict verdict = ModelBench.Run(
            AxiBusShape.ProfileA, AxiProfile.GenerationA, Setting, seed: 3, cycles: 2_000, out _, rewrite: request => ++count == 3 ? Expected[name].Rewrite(request) : request);

        Assert.Equal(Expected[name].Rules.Order(StringComparer.Ordinal), ModelBench.Broken(verdict));
    }

    [Fact]
    public void Two_outstanding_with_a_slave_that_takes_them_break_the_rule_of_one()
    {
        AxiVerdict verdict = ModelBench.Run(
            AxiBusShape.ProfileA, AxiProfile.GenerationA, Setting with { Master = new() { MaxOutstanding = 2 } }, seed: 3, cycles: 2_000, out _, new AxiSlaveOptions { MaxOutstanding = 2 });

        Assert.Equal(["MAST_SINGLE_OUTSTANDING"], ModelBench.Broken(verdict));
    }

    [Fact]
    public void Data_that_waits_for_its_address_at_a_slave_that_waits_for_data_is_the_masters_deadlock()
    {
        AxiVerdict verdict = ModelBench.Run(
            AxiBusShape.ProfileA, AxiProfile.GenerationA, Setting with { Master = new() { DataWaitsForAddress = true } }, seed: 3, cycles: 20_000, out _, new AxiSlaveOptions { AddressWaitsForData = true });

        AxiRuleResult deadlock = verdict.Rules.Single(rule => rule.Rule.Id == "EXT_DEADLOCK");
        Assert.Equal(["EXT_DEADLOCK"], ModelBench.Broken(verdict));
        Assert.Equal(AxiBlame.Master, deadlock.Findings[0].Blame);
    }

    private static AxiRequest Write(AxiBurst burst) => new() { IsRead = false, Burst = burst, Data = new ulong[burst.Beats * 4] };

    private static AxiRequest Read(AxiBurst burst) => new() { IsRead = true, Burst = burst };
}

using Spanker.Conformance.Axi4;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Traces;

/// <summary>Traces without cycles are held against the rules that transactions alone show; all others are not observable.</summary>
public sealed class AxiTraceCheckTests
{
    // The rules of the table that say "T", without those that take the order between channels or what is outstanding.
    private static readonly string[] Observable =
    [
        "AXI4_ERRM_ARADDR_BOUNDARY", "AXI4_ERRM_ARADDR_WRAP_ALIGN", "AXI4_ERRM_ARBURST", "AXI4_ERRM_ARCACHE", "AXI4_ERRM_ARLEN_FIXED", "AXI4_ERRM_ARLEN_LOCK",
        "AXI4_ERRM_ARLEN_WRAP", "AXI4_ERRM_ARSIZE", "AXI4_ERRM_AWADDR_BOUNDARY", "AXI4_ERRM_AWADDR_WRAP_ALIGN", "AXI4_ERRM_AWBURST", "AXI4_ERRM_AWCACHE",
        "AXI4_ERRM_AWLEN_FIXED", "AXI4_ERRM_AWLEN_LOCK", "AXI4_ERRM_AWLEN_WRAP", "AXI4_ERRM_AWSIZE", "AXI4_ERRM_EXCL_ALIGN", "AXI4_ERRM_EXCL_LEN",
        "AXI4_ERRM_WDATA_NUM", "AXI4_ERRM_WSTRB", "AXI4_ERRS_BRESP_EXOKAY", "AXI4_ERRS_RDATA_NUM", "AXI4_ERRS_RRESP_EXOKAY",
        "MAST_BURST_SUPPORTED", "MAST_NARROW_SLVERR", "MAST_NO_EXOKAY", "MAST_SIZE_FULL",
    ];

    [Fact]
    public void The_rules_that_a_trace_shows_are_those_about_single_transactions()
    {
        AxiTraceVerdict verdict = Check("R id=0x0 addr=0x0000 INCR 1x32 bytes=32 digest=0000000000000000 OKAY");

        Assert.Equal(Observable, verdict.Verdict.Rules.Where(rule => rule.Outcome != AxiOutcome.NotObservable).Select(rule => rule.Rule.Id).Order(StringComparer.Ordinal));
        Assert.Equal(1, verdict.Verdict.Of(AxiAddressRules.Boundary(isRead: true)).Armed);
    }

    // One transaction a row on 256 data bits under profile A, and the rules that it breaks.
    [Theory]
    [InlineData("R id=0x0 addr=0x0fe0 INCR 1x32 bytes=32 digest=0000000000000000 OKAY")]
    [InlineData("W id=0x0 addr=0x0fe4 INCR 1x32 bytes=28 digest=0000000000000000 SLVERR")]
    [InlineData("R id=0x0 addr=0x0fe0 INCR 2x32 bytes=64 digest=0000000000000000 OKAY", "AXI4_ERRM_ARADDR_BOUNDARY")]
    [InlineData("W id=0x0 addr=0x1004 INCR 128x32 bytes=4092 digest=0000000000000000 OKAY")]
    [InlineData("W id=0x0 addr=0x1020 INCR 128x32 bytes=4096 digest=0000000000000000 OKAY", "AXI4_ERRM_AWADDR_BOUNDARY")]
    [InlineData("R id=0x0 addr=0x0000 FIXED 17x32 bytes=544 digest=0000000000000000 OKAY", "AXI4_ERRM_ARLEN_FIXED")]
    [InlineData("W id=0x0 addr=0x0000 RESERVED 1x32 bytes=32 digest=0000000000000000 OKAY", "AXI4_ERRM_AWBURST", "MAST_BURST_SUPPORTED")]
    [InlineData("R id=0x0 addr=0x0000 INCR 1x64 bytes=32 digest=0000000000000000 OKAY", "AXI4_ERRM_ARSIZE", "MAST_SIZE_FULL")]
    [InlineData("R id=0x0 addr=0x0000 INCR 1x16 bytes=16 digest=0000000000000000 OKAY", "MAST_NARROW_SLVERR", "MAST_SIZE_FULL")]
    [InlineData("W id=0x0 addr=0x0000 INCR 1x16 bytes=16 digest=0000000000000000 SLVERR", "MAST_SIZE_FULL")]
    [InlineData("R id=0x0 addr=0x0008 WRAP 3x32 bytes=72 digest=0000000000000000 OKAY", "AXI4_ERRM_ARADDR_WRAP_ALIGN", "AXI4_ERRM_ARLEN_WRAP", "MAST_BURST_SUPPORTED")]
    [InlineData("W id=0x0 addr=0x0000 INCR 1x32 cache=0x4 bytes=32 digest=0000000000000000 OKAY", "AXI4_ERRM_AWCACHE")]
    [InlineData("R id=0x0 addr=0x0000 INCR 1x32 bytes=32 digest=0000000000000000 EXOKAY", "AXI4_ERRS_RRESP_EXOKAY", "MAST_NO_EXOKAY")]
    [InlineData("W id=0x0 addr=0x0000 INCR 1x32 lock=0x1 bytes=32 digest=0000000000000000 EXOKAY", "MAST_NO_EXOKAY")]
    [InlineData("W id=0x0 addr=0x0020 INCR 3x32 lock=0x1 bytes=96 digest=0000000000000000 OKAY", "AXI4_ERRM_EXCL_ALIGN", "AXI4_ERRM_EXCL_LEN")]
    [InlineData("W id=0x0 addr=0x0000 INCR 2x32 beats=1 bytes=32 digest=0000000000000000 OKAY", "AXI4_ERRM_WDATA_NUM")]
    [InlineData("W id=0x0 addr=0x0000 INCR 2x32 beats=1 last=none bytes=32 digest=0000000000000000 OKAY", "AXI4_ERRM_WDATA_NUM")]
    [InlineData("W id=0x0 addr=0x0000 INCR 2x32 beats=3 bytes=96 digest=0000000000000000 OKAY", "AXI4_ERRM_WDATA_NUM")]
    [InlineData("W id=0x0 addr=0x0000 INCR 2x32 beats=0 bytes=0 digest=e3b0c44298fc1c14 OKAY", "AXI4_ERRM_WDATA_NUM")]
    [InlineData("W id=0x0 addr=0x0000 INCR 2x32 last=0,1 bytes=64 digest=0000000000000000 OKAY", "AXI4_ERRM_WDATA_NUM")]
    [InlineData("R id=0x0 addr=0x0000 INCR 2x32 last=none bytes=64 digest=0000000000000000 OKAY", "AXI4_ERRS_RDATA_NUM")]
    [InlineData("R id=0x0 addr=0x0000 INCR 2x32 beats=3 bytes=96 digest=0000000000000000 OKAY", "AXI4_ERRS_RDATA_NUM")]
    [InlineData("R id=0x0 addr=0x0000 INCR 256x32 beats=1 bytes=0 digest=e3b0c44298fc1c14 SLVERR", "AXI4_ERRM_ARADDR_BOUNDARY", "AXI4_ERRS_RDATA_NUM")]
    public void A_transaction_breaks_the_rules_that_are_named(string line, params string[] rules)
    {
        // Neighbours that are right, so that what an illegal transaction leaves open would show in them.
        string write = "W id=0x0 addr=0x0000 INCR 1x32 bytes=32 digest=0000000000000000 OKAY";
        string read = "R id=0x0 addr=0x0000 INCR 1x32 bytes=32 digest=0000000000000000 OKAY";
        AxiTraceVerdict verdict = line[0] == 'W' ? Check(write, line, write, read) : Check(write, read, line, read);

        Assert.Equal(rules, verdict.Verdict.Rules.Where(rule => rule.Outcome == AxiOutcome.Fail).Select(rule => rule.Rule.Id).Order(StringComparer.Ordinal));
        Assert.All(verdict.Verdict.Rules, rule => Assert.InRange(rule.Violated, 0, 1));
        Assert.All(verdict.Verdict.Rules.SelectMany(rule => rule.Findings), finding => Assert.Equal(line[0] == 'W' ? 1 : 2, verdict.TransactionOf(finding)));
    }

    [Fact]
    public void A_beat_too_many_is_not_taken_for_the_data_of_the_next_write()
    {
        // Its strobes would lie outside the lanes of the narrow write.
        AxiTraceVerdict verdict = Check(
            "W id=0x0 addr=0x0000 INCR 2x32 beats=3 bytes=96 digest=0000000000000000 OKAY", "W id=0x0 addr=0x0000 INCR 1x16 bytes=16 digest=0000000000000000 SLVERR");

        Assert.Equal((AxiOutcome.Pass, 3L), (verdict.Verdict.Of(AxiRules.Strobes).Outcome, verdict.Verdict.Of(AxiRules.Strobes).Armed));
    }

    [Fact]
    public void A_strobe_outside_its_lanes_is_seen_where_the_beats_are_known()
    {
        AxiTrace trace = new(AxiBusShape.ProfileA, [Narrow(strobe: 0x1_0000), Narrow(strobe: 0xffff)]);
        AxiTrace digests = AxiTraceText.Parse(AxiTraceText.Print(trace, hasBeats: false));

        Assert.Equal((AxiOutcome.Fail, 1L), Of(AxiTraceCheck.Check(trace, AxiCheckOptions.Default)));
        Assert.Equal((AxiOutcome.NotObservable, 0L), Of(AxiTraceCheck.Check(digests, AxiCheckOptions.Default)));

        static (AxiOutcome Outcome, long Violated) Of(AxiTraceVerdict verdict) => (verdict.Verdict.Of(AxiRules.Strobes).Outcome, verdict.Verdict.Of(AxiRules.Strobes).Violated);
        static AxiTraceTransaction Narrow(UInt128 strobe) => new(
            new(IsRead: false, Id: 0, new AxiBurst(0x1000, beats: 1, size: 4, AxiBurstKind.Incr)),
            [new AxiTraceBeat([0, 0, 0, 0], strobe, AxiResponse.Okay, IsLast: true)],
            AxiResponse.SlvErr,
            AxiBusShape.ProfileA.DataBytes);
    }

    private static AxiTraceVerdict Check(params string[] lines)
    {
        int writes = lines.Count(line => line[0] == 'W');
        string text = $"spanker-axi-trace/1\nbus data=256 addr=16 id=4\n{string.Concat(lines.Select(line => $"{line}\n"))}end writes={writes} reads={lines.Length - writes}\n";
        return AxiTraceCheck.Check(AxiTraceText.Parse(text), AxiCheckOptions.GenerationA);
    }
}

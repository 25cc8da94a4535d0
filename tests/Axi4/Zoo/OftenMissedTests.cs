using Spanker.Conformance.Axi4;
using Spanker.Conformance.Tests.Axi4.Bench;
using Spanker.Conformance.Tests.Axi4.Rules;
using Xunit;

namespace Spanker.Conformance.Tests.Axi4.Zoo;

/// <summary>What public checkers are known to get wrong.</summary>
public sealed class OftenMissedTests
{
    [Theory]
    [InlineData(0, 1, new string[] { "AXI4_ERRM_ARADDR_BOUNDARY" })]
    [InlineData(1, 0, new string[] { })]
    public void The_page_rule_of_reads_looks_at_ARBURST_and_not_at_AWBURST(int writeKind, int readKind, string[] expected)
    {
        Timeline line = Start();
        line.Write("w", new(false, 1, 0x1000, Beats: 2, Size: 5, writeKind));
        line.Read("r", new(true, 1, 0x1fe0, Beats: 2, Size: 5, readKind));

        Assert.Equal(expected, Failing(line));
    }

    [Theory]
    [InlineData(0, new string[] { })]
    [InlineData(0x0000_0008, new string[] { "AXI4_ERRM_WSTRB" })]
    public void Every_beat_of_an_unaligned_FIXED_burst_has_the_lanes_of_the_first(int extra, string[] expected)
    {
        Timeline line = Start();
        line.Write("w", new(false, 1, 0x1004, Beats: 3, Size: 5, Kind: 0));
        line.ChangeAll("w.w2", (ref AxiCycle pins) => pins.W.Strobe = 0xffff_fff0 | (UInt128)extra);

        Assert.Equal(expected, Failing(line));
    }

    [Fact]
    public void A_FIXED_burst_of_16_beats_is_legal_and_one_of_17_is_not()
    {
        Timeline legal = Start();
        legal.Write("w", new(false, 1, 0x1000, Beats: 16, Size: 5, Kind: 0));
        Timeline tooLong = Start();
        tooLong.Write("w", new(false, 1, 0x1000, Beats: 17, Size: 5, Kind: 0));

        Assert.Empty(Failing(legal));
        Assert.Equal(["AXI4_ERRM_AWLEN_FIXED"], Failing(tooLong));
    }

    [Fact]
    public void Narrow_strobes_move_with_the_address_and_rotated_ones_are_found()
    {
        PlannedBurst narrow = new(false, 1, 0x1008, Beats: 4, Size: 2, Kind: 1);
        Timeline legal = Start(AxiCheckOptions.Default);
        legal.Write("w", narrow);
        Timeline rotated = Start(AxiCheckOptions.Default);
        rotated.Write("w", narrow);
        rotated.ChangeAll("w.w1", (ref AxiCycle pins) => pins.W.Strobe = 0x0f00);

        Assert.Empty(Failing(legal));
        Assert.Equal(["AXI4_ERRM_WSTRB"], Failing(rotated));
    }

    [Fact]
    public void Sparse_and_empty_strobes_are_legal()
    {
        Timeline line = Start();
        line.Write("w", new(false, 1, 0x1000, Beats: 2, Size: 5, Kind: 1), new() { Unstrobed = 0x5555_5555 });
        line.Write("v", new(false, 1, 0x1000, Beats: 2, Size: 5, Kind: 1), new() { Unstrobed = uint.MaxValue });
        line.Read("r", new(true, 1, 0x1000, Beats: 2, Size: 5, Kind: 1));

        Assert.Empty(Failing(line));
    }

    [Fact]
    public void The_highest_id_is_an_id()
    {
        Timeline line = Start();
        line.Write("w", new(false, 15, 0x1000, Beats: 1, Size: 5, Kind: 1));
        line.Read("r", new(true, 15, 0x1000, Beats: 1, Size: 5, Kind: 1));

        Assert.Empty(Failing(line));
    }

    [Fact]
    public void Reads_of_one_id_and_one_length_that_are_swapped_are_told_by_their_data()
    {
        AxiProfile memory = new() { Name = "memory", TargetIsMemory = true };
        Timeline line = Start(AxiCheckOptions.Default with { Profile = memory });
        line.Write("w", new(false, 1, 0x1000, Beats: 2, Size: 5, Kind: 1));
        PlannedBurst older = new(true, 2, 0x1000, Beats: 1, Size: 5, Kind: 1);
        PlannedBurst later = new(true, 2, 0x1020, Beats: 1, Size: 5, Kind: 1);
        line.Ar("older", line.Length, older);
        line.Ar("later", line.Length, later);
        line.R("x", line.Length + 1, later, beat: 0, isLast: true);
        line.R("y", line.Length + 1, older, beat: 0, isLast: true);

        Assert.Equal(["EXT_ID_ORDER", "EXT_RDATA_MISMATCH"], Failing(line));
    }

    private static Timeline Start(AxiCheckOptions? options = null)
    {
        Timeline line = new(AxiBusShape.ProfileA, options ?? AxiCheckOptions.GenerationA);
        line.Reset(3);
        line.Idle(1);
        return line;
    }

    private static string[] Failing(Timeline line)
    {
        line.Idle(100);
        return [.. line.Judge().Rules.Where(result => result.Outcome == AxiOutcome.Fail).Select(result => result.Rule.Id).Order()];
    }
}

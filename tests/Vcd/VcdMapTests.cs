using Spanker.Conformance.Vcd;
using Spanker.Conformance.Vcd.Discovery;
using Xunit;

namespace Spanker.Conformance.Tests.Vcd;

/// <summary>What a map says and what it may not say.</summary>
public sealed class VcdMapTests
{
    private static readonly string[] Signals = ["t.req", "t.ack", "t.rsp", "t.take"];

    private const string ReadPins = "interface odd\n arvalid t.req\n arready t.ack\n rvalid t.rsp\n rready t.take\n";

    [Fact]
    public void A_map_names_signals_that_no_pattern_finds()
    {
        VcdInterface found = Assert.Single(Dump().Discover(ReadPins));
        Assert.Equal(["arvalid t.req", "arready t.ack", "rvalid t.rsp", "rready t.take"], found.Ports.Select(port => $"{port.Role} {port.Variable.Path}"));
    }

    [Fact]
    public void A_clock_that_the_map_leaves_out_is_found() => Assert.Equal("t.clk", Dump().Discover(ReadPins)[0].Clock?.Path);

    [Fact]
    public void A_clock_that_the_map_names_is_taken_unseen() => Assert.Equal("t.other", Dump().Discover($"{ReadPins} clock t.other\n")[0].Clock?.Path);

    [Theory]
    [InlineData("low", false)]
    [InlineData("high", true)]
    public void A_reset_that_the_map_names_is_taken_with_its_polarity(string level, bool isActiveHigh) =>
        Assert.Equal(isActiveHigh, Dump().Discover($"{ReadPins} reset t.other {level}\n")[0].Reset?.IsActiveHigh);

    [Fact]
    public void Comments_blank_lines_and_carriage_returns_mean_nothing() =>
        Assert.Equal("t.ack", Dump().Discover("# a map\r\n\r\nstream tx # of words\r\n\tvalid  t.req # here\r\n ready t.ack\r\n")[0].Find("ready")?.Path);

    [Fact]
    public void Several_interfaces_stand_in_the_order_of_the_map() =>
        Assert.Equal(["b", "a"], Dump().Discover("stream b\nvalid t.req\nready t.ack\nstream a\nvalid t.rsp\nready t.take\n").Select(found => found.Name));

    [Theory]
    [InlineData("", "the map names no interface; expected a line such as 'interface s_axi' or 'stream tx', then its signals")]
    [InlineData("# nothing\n", "the map names no interface; expected a line such as 'interface s_axi' or 'stream tx', then its signals")]
    [InlineData("clock t.clk\n", "line 1 of the map is 'clock t.clk'; expected 'interface NAME' or 'stream NAME' first")]
    [InlineData("stream\n", "line 1 of the map is 'stream'; expected 'stream' and a name that is used once")]
    [InlineData("stream a\nstream a\n", "line 2 of the map is 'stream a'; expected 'stream' and a name that is used once")]
    [InlineData("stream a\narvalid t.req\n", "line 2 of the map is 'arvalid t.req'; expected clock, reset, or a role such as valid, ready, data")]
    [InlineData("interface a\nvalid t.req\n", "line 2 of the map is 'valid t.req'; expected clock, reset, or a role such as awvalid, awready, awid")]
    [InlineData("stream a\nvalid\n", "line 2 of the map is 'valid'; expected 'valid PATH'")]
    [InlineData("stream a\nreset t.rst\n", "line 2 of the map is 'reset t.rst'; expected 'reset PATH low' or 'reset PATH high'")]
    [InlineData("stream a\nvalid t.req\nvalid t.ack\n", "line 3 of the map is 'valid t.ack'; expected valid once in 'a'")]
    public void A_wrong_line_is_named(string map, string message) => Assert.Equal(message, Assert.Throws<VcdException>(() => VcdMap.Parse(map)).Message);

    [Theory]
    [InlineData("stream a\nvalid t.req\n", "'a' in line 1 of the map has no whole channels: ready is missing; expected valid and ready")]
    [InlineData("interface a\narvalid t.req\n", "'a' in line 1 of the map has no whole channels: arready is missing; expected valid and ready of AR and R, or of AW, W and B")]
    [InlineData("interface a\narvalid t.req\narready t.ack\n", "'a' in line 1 of the map has no whole channels; expected valid and ready of AR and R, or of AW, W and B")]
    [InlineData("stream a\nvalid t.req\nready t.nothing\n", "the header has no single variable 't.nothing'; expected the full path of a variable, scopes with dots between")]
    [InlineData("stream a\nvalid t.wide\nready t.ack\n", "valid of 'a' is 't.wide[7:0]' of 8 bits; expected one bit")]
    public void What_a_dump_does_not_have_is_named(string map, string message) => Assert.Equal(message, Assert.Throws<VcdException>(() => Dump().Discover(map)).Message);

    private static DumpBuilder Dump() => new DumpBuilder().Clock("t.clk").Clock("t.other", half: 7).Data(0, 0, Signals).Signal("t.wide", _ => 0, widthBits: 8);
}

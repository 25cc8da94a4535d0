using Spanker.Conformance.Vcd;
using Spanker.Conformance.Vcd.Discovery;
using Xunit;

namespace Spanker.Conformance.Tests.Vcd;

/// <summary>Which interfaces, clocks and resets are found in small dumps.</summary>
public sealed class VcdDiscoveryTests
{
    private static readonly string[] Pins = ["t.s_axi_arvalid", "t.s_axi_arready", "t.s_axi_rvalid", "t.s_axi_rready"];

    [Theory]
    [InlineData("s_axi_", "", false, "t.s_axi")]
    [InlineData("m_axi_", "", false, "t.m_axi")]
    [InlineData("s_", "", false, "t.s")]
    [InlineData("m_", "_o", false, "t.m")]
    [InlineData("", "_i", false, "t")]
    [InlineData("S_AXI_", "", true, "t.s_axi")]
    [InlineData("saxi", "", false, "t.saxi")]
    public void An_interface_is_a_prefix_before_whole_channels(string prefix, string suffix, bool isUpper, string name)
    {
        string[] pins = [.. "arvalid arready araddr rvalid rready rdata rlast".Split(' ').Select(pin => $"{prefix}{(isUpper ? pin.ToUpperInvariant() : pin)}{suffix}")];
        VcdInterface found = Assert.Single(FindInterfaces(pins));
        Assert.Equal((name, VcdInterfaceKind.Axi4, "arvalid arready araddr rvalid rready rdata rlast"), (found.Name, found.Kind, Roles(found)));
    }

    [Fact]
    public void A_channel_may_be_set_off_by_an_underscore() =>
        Assert.Equal("awvalid awready wvalid wready wlast bvalid bready", Roles(Assert.Single(FindInterfaces("aw_valid", "aw_ready", "w_valid", "w_ready", "w_last", "b_valid", "b_ready"))));

    [Fact]
    public void All_five_channels_are_one_interface() =>
        Assert.Equal(
            "awvalid awready awid wvalid wready wstrb bvalid bready bresp arvalid arready arlen rvalid rready rresp",
            Roles(Assert.Single(FindInterfaces(
                "x_rresp", "x_rready", "x_rvalid", "x_arlen", "x_arready", "x_arvalid", "x_bresp", "x_bready", "x_bvalid", "x_wstrb", "x_wready", "x_wvalid", "x_awid", "x_awready", "x_awvalid"))));

    [Fact]
    public void A_channel_without_ready_is_not_claimed_and_said()
    {
        VcdInterface found = Assert.Single(FindInterfaces("arvalid", "arready", "rvalid", "rready", "awvalid", "awaddr", "wvalid", "wready"));
        Assert.Equal("arvalid arready rvalid rready", Roles(found));
        Assert.Equal(["channel aw is left out: it has not both valid and ready", "channel w is left out: its direction needs aw, w, b"], found.Notes);
    }

    [Theory]
    [InlineData("arvalid arready rvalid")]
    [InlineData("awvalid awready wvalid wready")]
    [InlineData("araddr rdata")]
    [InlineData("valid data")]
    public void Without_a_whole_direction_there_is_no_AXI_interface(string pins) =>
        Assert.DoesNotContain(FindInterfaces(pins.Split(' ')), found => found.Kind == VcdInterfaceKind.Axi4);

    [Theory]
    [InlineData("tx_valid tx_ready tx_data", "t.tx", "valid ready data")]
    [InlineData("rx_valid_i rx_ready_o rx_last_i", "t.rx", "valid ready last")]
    [InlineData("m_axis_tvalid m_axis_tready m_axis_tdata m_axis_tlast", "t.m_axis", "valid ready data last")]
    [InlineData("valid ready", "t", "valid ready")]
    [InlineData("user_valid user_ready", "t.user", "valid ready")]
    public void A_stream_is_found_by_valid_and_ready(string pins, string name, string roles)
    {
        VcdInterface found = Assert.Single(FindInterfaces(pins.Split(' ')));
        Assert.Equal((name, VcdInterfaceKind.Stream, roles), (found.Name, found.Kind, Roles(found)));
    }

    [Fact]
    public void Two_signals_for_one_pin_are_a_tie_that_names_both() =>
        Assert.Equal(
            "rvalid of t could be 't.rvalid' or 't.r_valid'; expected a map that names the one that is meant",
            Assert.Throws<VcdException>(() => FindInterfaces("arvalid", "arready", "rvalid", "rready", "r_valid")).Message);

    [Fact]
    public void Where_AXI_alone_is_looked_for_a_tie_of_a_stream_is_none()
    {
        VcdHeader header = Header("arvalid", "arready", "rvalid", "rready", "tx_valid", "tx_ready", "tx_data", "tx_tdata");

        Assert.Equal("t", Assert.Single(VcdDiscovery.FindInterfaces(header, VcdInterfaceKind.Axi4)).Name);
        Assert.Contains("data of t.tx could be", Assert.Throws<VcdException>(() => VcdDiscovery.FindInterfaces(header)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_streams_alone_are_looked_for_a_channel_of_AXI_is_none() =>
        Assert.Equal("t.tx", Assert.Single(VcdDiscovery.FindInterfaces(Header("arvalid", "arready", "rvalid", "rready", "tx_valid", "tx_ready"), VcdInterfaceKind.Stream)).Name);

    [Fact]
    public void One_interface_wired_through_scopes_is_one()
    {
        DumpBuilder dump = new DumpBuilder().Clock("t.clk").Data(0, 0, Pins);
        foreach (string pin in Pins)
        {
            _ = dump.Alias(pin.Replace("t.s_axi", "t.u.m_axi", StringComparison.Ordinal), of: pin);
        }

        VcdInterface found = Assert.Single(dump.Discover());
        Assert.Equal(("t.s_axi", "also t.u.m_axi"), (found.Name, Assert.Single(found.Notes)));
    }

    [Fact]
    public void Two_interfaces_of_one_scope_are_two()
    {
        DumpBuilder dump = new DumpBuilder().Clock("t.clk").Data(0, 0, [.. Pins, .. Pins.Select(pin => pin.Replace("s_axi", "m_axi", StringComparison.Ordinal))]);
        Assert.Equal(["t.s_axi", "t.m_axi"], dump.Discover().Select(found => found.Name));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void The_clock_is_what_the_data_follows_even_after_a_delay(int delay) =>
        Assert.Equal("t.clk", ClockOf(new DumpBuilder().Clock("t.slow_clk", half: 10).Clock("t.clk").Clock("t.fast_clk", half: 3).Data(0, delay, Pins)));

    [Fact]
    public void A_clock_needs_no_clocks_name() => Assert.Equal("t.tick", ClockOf(new DumpBuilder().Clock("t.tick").Data(0, 0, Pins)));

    [Fact]
    public void A_clock_of_twice_the_rate_is_not_taken_though_the_data_changes_at_its_edges() =>
        Assert.Equal("t.a", ClockOf(new DumpBuilder().Signal("t.twice", tick => tick % 5 < 2 ? 1 : 0).Clock("t.a").Data(0, 0, Pins)));

    [Fact]
    public void A_toggling_bit_is_not_taken_for_the_clock_that_toggles_it() =>
        Assert.Equal("t.clk", ClockOf(new DumpBuilder().Signal("t.count0", tick => (tick + 5) / 10 % 2).Clock("t.clk").Data(0, 0, Pins)));

    [Fact]
    public void The_clock_may_stand_in_a_scope_around() => Assert.Equal("top", ClockOf(new DumpBuilder().Clock("top").Data(0, 0, Pins)));

    [Fact]
    public void The_clock_may_stand_elsewhere_if_it_has_a_clocks_name() => Assert.Equal("gen.clk_out", ClockOf(new DumpBuilder().Clock("gen.clk_out").Data(0, 0, Pins)));

    [Fact]
    public void Copies_of_a_clock_are_no_tie_and_the_nearest_is_taken() => Assert.Equal("t.clk", ClockOf(new DumpBuilder().Clock("clk").Clock("t.clk").Data(0, 0, Pins)));

    [Fact]
    public void Each_interface_knows_a_shared_clock_by_the_name_near_it()
    {
        string[] others = [.. Pins.Select(pin => pin.Replace("t.s_axi", "u.s_axi", StringComparison.Ordinal))];
        DumpBuilder dump = new DumpBuilder().Clock("t.clk").Alias("u.ck", of: "t.clk").Signal("u.count0", tick => (tick + 5) / 10 % 2).Data(0, 0, [.. Pins, .. others]);
        Assert.Equal(["t.clk", "u.ck"], dump.Discover().Select(found => found.Clock?.Path));
    }

    [Fact]
    public void Two_clocks_that_fit_alike_are_a_tie_that_names_both()
    {
        // Both rise whenever the data changes, and as often as one another, but not together.
        DumpBuilder dump = new DumpBuilder().Signal("t.clk_a", tick => tick % 20 is 5 or 6 ? 1 : 0).Signal("t.clk_b", tick => tick % 20 is 15 or 16 ? 1 : 0)
            .Signal(Pins[0], tick => (tick + 5) / 10 % 2).Signal(Pins[1], _ => 0).Signal(Pins[2], _ => 0).Signal(Pins[3], _ => 0);
        Assert.Equal(
            "the clock of 't.s_axi' could be any of 't.clk_a', 't.clk_b'; expected a map with a line 'clock PATH'",
            Assert.Throws<VcdException>(() => dump.Discover()).Message);
    }

    [Fact]
    public void Without_a_clock_a_map_is_asked_for() =>
        Assert.Equal(
            "no clock of 't.s_axi': no bit in its scope or around it is periodic; expected four rising edges or more, or a map with a line 'clock PATH'",
            Assert.Throws<VcdException>(() => new DumpBuilder().Data(0, 0, Pins).Discover()).Message);

    [Theory]
    [InlineData("rst_n", false)]
    [InlineData("aresetn", false)]
    [InlineData("rst_ni", false)]
    [InlineData("nrst", false)]
    [InlineData("reset_l", false)]
    [InlineData("ARESETN", false)]
    [InlineData("rst", true)]
    [InlineData("reset_i", true)]
    [InlineData("areset", true)]
    public void A_resets_polarity_is_what_its_name_says_where_the_dump_says_nothing(string name, bool isActiveHigh)
    {
        VcdReset? reset = new DumpBuilder().Clock("t.clk").Signal($"t.{name}", _ => isActiveHigh ? 0 : 1).Data(0, 0, Pins).Discover()[0].Reset;
        Assert.Equal((isActiveHigh, false), (reset?.IsActiveHigh, reset?.IsConfirmed));
    }

    [Theory]
    [InlineData("rst", 0)]
    [InlineData("rst", 1)]
    [InlineData("rst_n", 0)]
    [InlineData("rst_n", 1)]
    public void A_resets_polarity_is_what_the_dump_shows_whatever_its_name(string name, int active)
    {
        VcdReset? reset = new DumpBuilder().Clock("t.clk").Signal($"t.{name}", tick => tick < 52 ? active : 1 - active).Data(from: 70, 0, Pins).Discover()[0].Reset;
        Assert.Equal((active == 1, true), (reset?.IsActiveHigh, reset?.IsConfirmed));
    }

    [Theory]
    [InlineData("rst", 1)]
    [InlineData("rst_n", 0)]
    public void A_synchronous_reset_in_mid_traffic_is_confirmed_though_VALID_is_high_on_its_first_edge(string name, int active)
    {
        // Rising edges at 5, 15, 25 ..; the data starts at 20, the reset is seen at 105 and VALID falls after that edge.
        VcdReset? reset = new DumpBuilder().Clock("t.clk").Signal($"t.{name}", tick => tick is >= 102 and < 152 ? active : 1 - active)
            .Signal(Pins[0], tick => tick is >= 20 and < 105 or >= 160 ? 1 : 0).Data(from: 160, 0, Pins[1..]).Discover()[0].Reset;
        Assert.Equal((active == 1, true), (reset?.IsActiveHigh, reset?.IsConfirmed));
    }

    [Fact]
    public void VALID_in_reset_leaves_the_polarity_to_the_name_and_unconfirmed()
    {
        VcdReset? reset = new DumpBuilder().Clock("t.clk").Signal("t.rst_n", tick => tick < 52 ? 0 : 1).Data(from: 0, 0, Pins).Discover()[0].Reset;
        Assert.Equal((false, false), (reset?.IsActiveHigh, reset?.IsConfirmed));
    }

    [Fact]
    public void An_interface_without_a_reset_has_none() => Assert.Null(new DumpBuilder().Clock("t.clk").Data(0, 0, Pins).Discover()[0].Reset);

    [Fact]
    public void Two_resets_that_fit_alike_are_a_tie_that_names_both()
    {
        DumpBuilder dump = new DumpBuilder().Clock("t.clk").Signal("t.a_rst_n", tick => tick < 52 ? 0 : 1).Signal("t.b_rst_n", tick => tick < 32 ? 0 : 1).Data(from: 70, 0, Pins);
        Assert.Equal(
            "the reset of 't.s_axi' could be any of 't.a_rst_n', 't.b_rst_n'; expected a map with a line 'reset PATH low' or 'reset PATH high'",
            Assert.Throws<VcdException>(() => dump.Discover()).Message);
    }

    private static string? ClockOf(DumpBuilder dump) => dump.Discover()[0].Clock?.Path;

    private static IReadOnlyList<VcdInterface> FindInterfaces(params string[] names) => VcdDiscovery.FindInterfaces(Header(names));

    private static VcdHeader Header(params string[] names) => VcdText.Reader(VcdText.Header([.. names.Select((name, i) => $"{name} 1 {(char)('!' + i)}")])).Header;

    private static string Roles(VcdInterface found) => string.Join(' ', found.Ports.Select(port => port.Role));
}

using System.Globalization;
using Spanker.Conformance.Tests.Support;
using Spanker.Conformance.Vcd;
using Spanker.Conformance.Vcd.Discovery;
using Xunit;

namespace Spanker.Conformance.Tests.Vcd;

/// <summary>Dumps of Icarus and Verilator against the transfers that the simulators printed themselves (golden/axi4/vcd).</summary>
public sealed class VcdSimulatorTests
{
    [Theory]
    [InlineData("icarus.vcd")]
    [InlineData("verilator.vcd")]
    public void Transfers_of_a_dump_are_those_that_the_simulator_printed(string file) => Assert.Equal(Lines("transfers.txt"), Transfers(file));

    [Fact]
    public void Transfers_around_a_gap_are_those_that_the_simulator_printed()
    {
        // Rising edges 0 to 19 lie before 200 ns, where the dump stops, and 30 to 39 behind 300 ns, where it goes on.
        string[] expected = [.. Lines("gap-transfers.txt")
            .Select(line => (Line: line, Edge: int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture)))
            .Where(line => line.Edge is < 20 or >= 30)
            .Select(line => line.Edge < 20 ? line.Line : line.Line.Replace($" {line.Edge} ", $" {line.Edge - 10} ", StringComparison.Ordinal))];
        Assert.Equal(expected, Transfers("icarus-gap.vcd"));
    }

    [Fact]
    public void Only_the_first_edge_behind_the_gap_is_marked()
    {
        using FileStream stream = Open("icarus-gap.vcd");
        VcdReader reader = new(stream);
        VcdSampler sampler = new(reader, reader.Header.Find("tb.clk"), []);
        List<ulong> marked = [];
        while (sampler.Read())
        {
            if (sampler.IsAfterGap)
            {
                marked.Add(sampler.Time);
            }
        }

        Assert.Equal([305_000UL], marked);
    }

    [Fact]
    public void A_wide_vector_with_x_and_z_behind_an_escaped_name_is_read()
    {
        using FileStream stream = Open("icarus-gap.vcd");
        VcdReader reader = new(stream);
        int signal = reader.Track(reader.Header.Find("tb.\\wide[x]"));
        List<string> values = [];
        while (reader.ReadTimestamp())
        {
            string digits = VcdText.Digits(reader.Value(signal), reader.Unknown(signal), 70);
            if (values.Count == 0 || values[^1] != digits)
            {
                values.Add(digits);
            }
        }

        // As the testbench assigns them: x; bz01; x in the gap; bz01 again; {6'b10x0z1, 64'h0123_4567_89ab_cdef}.
        string z01 = new string('z', 68) + "01";
        string last = "10x0z1" + string.Concat("0123456789abcdef".Select(digit => Convert.ToString(Convert.ToInt32($"{digit}", 16), 2).PadLeft(4, '0')));
        string x = new('x', 70);
        Assert.Equal([x, z01, x, z01, last], values);
    }

    [Theory]
    [InlineData("icarus.vcd", "tb.pair")]
    [InlineData("verilator.vcd", "TOP.probe_pair")]
    [InlineData("icarus-gap.vcd", "tb.pair")]
    public void The_interfaces_of_a_dump_are_found_once_each(string file, string scope) =>
        Assert.Equal([$"{scope} {scope}.clk {scope}.rst_n", $"{scope}.tx {scope}.clk {scope}.rst_n"], Discover(file).Select(found => $"{found.Name} {found.Clock?.Path} {found.Reset?.Variable.Path}"));

    [Theory]
    [InlineData("icarus.vcd")]
    [InlineData("verilator.vcd")]
    [InlineData("icarus-gap.vcd")]
    public void The_resets_polarity_is_confirmed_by_the_dump(string file) =>
        Assert.All(Discover(file), found => Assert.Equal((false, true), (found.Reset?.IsActiveHigh, found.Reset?.IsConfirmed)));

    [Theory]
    [InlineData("icarus.vcd")]
    [InlineData("verilator.vcd")]
    public void What_was_found_is_found_again_by_its_own_map(string file)
    {
        IReadOnlyList<VcdInterface> found = Discover(file);
        IReadOnlyList<VcdInterface> again = VcdDiscovery.Discover(() => Open(file), VcdMap.Parse(VcdMap.Format(found)));
        Assert.Equal(VcdMap.Format(found.Select(item => item with { Notes = [] })), VcdMap.Format(again));
    }

    private static FileStream Open(string file) => VcdReader.OpenFile(RepositoryRoot.File($"golden/axi4/vcd/{file}"));

    private static string[] Lines(string file) => File.ReadAllLines(RepositoryRoot.File($"golden/axi4/vcd/{file}"));

    private static IReadOnlyList<VcdInterface> Discover(string file) => VcdDiscovery.Discover(() => Open(file));

    /// <summary>Transfers in the form of the simulators' logs, of the interfaces that are found by themselves.</summary>
    private static string[] Transfers(string file)
    {
        IReadOnlyList<VcdInterface> found = Discover(file);
        VcdInterface axi = found.Single(item => item.Kind == VcdInterfaceKind.Axi4);
        VcdInterface stream = found.Single(item => item.Kind == VcdInterfaceKind.Stream);
        VcdVariable[] signals = [.. "valid ready data".Split(' ').Select(role => stream.Find(role)!.Value),
            .. "arvalid arready araddr arlen rvalid rready rdata rlast".Split(' ').Select(role => axi.Find(role)!.Value)];
        using FileStream dump = Open(file);
        VcdSampler sampler = new(new VcdReader(dump), axi.Clock!.Value, signals);
        List<string> lines = [];
        while (sampler.Read())
        {
            if (sampler.IsHigh(0) && sampler.IsHigh(1))
            {
                lines.Add($"T {sampler.Edge} {sampler.Value(2)[0]:x4}");
            }

            if (sampler.IsHigh(3) && sampler.IsHigh(4))
            {
                lines.Add($"A {sampler.Edge} {sampler.Value(5)[0]:x8} {sampler.Value(6)[0]:x2}");
            }

            if (sampler.IsHigh(7) && sampler.IsHigh(8))
            {
                lines.Add($"R {sampler.Edge} {sampler.Value(9)[0]:x16} {sampler.Value(10)[0]}");
            }
        }

        return [.. lines];
    }
}

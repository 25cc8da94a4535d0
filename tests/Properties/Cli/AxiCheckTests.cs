using System.Globalization;
using System.Text.Json;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Cli;

/// <summary><c>axi check</c>: dumps of two simulators, dumps written by hand, and files that are none.</summary>
public sealed class AxiCheckTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("icarus")]
    [InlineData("verilator")]
    public void The_transactions_of_a_dump_are_those_that_the_bench_wrote_down(string simulator)
    {
        CliCall call = CliCall.Of("axi", "check", Dump(simulator), "--json");

        // The bench prints an A line for each address handshake (cycle, address, AxLEN) and an R line for each beat.
        string[][] lines = [.. File.ReadLines(RepositoryRoot.File("golden/axi4/vcd/transfers.txt")).Select(line => line.Split(' '))];
        string[] expected = [.. lines.Where(l => l[0] == "A").Select(l => $"{l[1]} 0x{l[2]} {int.Parse(l[3], NumberStyles.HexNumber, CultureInfo.InvariantCulture)}")];
        JsonElement[] seen = [.. Interface(call).GetProperty("transactions").EnumerateArray()];
        Assert.Equal(expected.Take(seen.Length), seen.Select(t => $"{t.GetProperty("address_cycle")} {t.GetProperty("addr").GetString()} {t.GetProperty("len")}"));
        Assert.InRange(seen.Length, expected.Length - 1, expected.Length);
        Assert.Equal(0, call.ExitCode);
    }

    [Fact]
    public void Verilator_s_two_states_leave_the_rules_about_x_not_observable()
    {
        JsonElement rules = Interface(CliCall.Of("axi", "check", Dump("verilator"), "--json")).GetProperty("rules");

        Assert.All(rules.EnumerateArray().Where(r => r.GetProperty("id").GetString()!.EndsWith("_X", StringComparison.Ordinal)), r => Assert.Equal("not-observable", r.GetProperty("outcome").GetString()));
    }

    [Fact]
    public void A_dump_with_a_gap_that_ends_under_way_is_incomplete_and_no_failure()
    {
        CliCall call = CliCall.Of("axi", "check", Dump("icarus-gap"), "--json");

        Assert.Equal((3, false), (call.ExitCode, Interface(call).GetProperty("complete").GetBoolean()));
        Assert.DoesNotContain(Interface(call).GetProperty("rules").EnumerateArray(), r => r.GetProperty("outcome").GetString() == "fail");
    }

    // 0xfe0 + 4 beats of 32 bytes = 0x1060.
    [Theory]
    [InlineData(0xf80, 0)]
    [InlineData(0xfe0, 1)]
    public void A_burst_that_crosses_4_KiB_fails_the_rule_of_that_name_at_its_cycle(int address, int exitCode)
    {
        CliCall call = CliCall.Of("axi", "check", ReadBurst(address), "--json");

        string[] failed = [.. Interface(call).GetProperty("rules").EnumerateArray().Where(r => r.GetProperty("outcome").GetString() == "fail").Select(r => r.GetProperty("id").GetString()!)];
        Assert.Equal(exitCode == 0 ? [] : ["AXI4_ERRM_ARADDR_BOUNDARY"], failed);
        Assert.Equal(exitCode, call.ExitCode);
    }

    [Fact]
    public void A_violation_is_shown_with_its_cycle_and_the_side_at_fault()
    {
        CliCall call = CliCall.Of("axi", "check", ReadBurst(0xfe0));

        Assert.Contains("AXI4_ERRM_ARADDR_BOUNDARY fails, 1 of 1", call.Output, StringComparison.Ordinal);
        Assert.Contains("cycle 1, master at fault:", call.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("q", BurstDump.None, "q")]
    [InlineData("q", 0xf80, "")]
    [InlineData("p", BurstDump.None, "p, q")]
    public void An_interface_that_rests_is_not_passed(string resting, int address, string named)
    {
        // Interface q is the one that rests, or both do.
        string dump = folder.Write("idle.vcd", BurstDump.Of(cycles: 110, ("p", resting == "p" ? address : 0xf00), ("q", address)));

        CliCall text = CliCall.Of("axi", "check", dump);
        CliCall json = CliCall.Of("axi", "check", dump, "--json");

        Assert.Equal((named.Length > 0 ? 3 : 0, text.ExitCode), (text.ExitCode, json.ExitCode));
        string line = named.Length > 0 ? $"spanker-conformance axi check: '{dump}': nothing was exercised on {named}: no VALID out of reset, so that no rule but those about resets and x had anything to judge\n" : string.Empty;
        Assert.Equal((line, line), (text.Error, json.Error));
        Assert.Equal(named, string.Join(", ", JsonDocument.Parse(json.Output).RootElement.GetProperty("interfaces").EnumerateArray().Where(each => !each.GetProperty("exercised").GetBoolean()).Select(each => each.GetProperty("name").GetString())));
    }

    [Theory]
    [InlineData("--memory 0-fff", "--memory '0-fff': without a profile no read is held against what was written; add --profile generation-a")]
    [InlineData("--profile generation-a --memory 1000", "--memory '1000': expected FIRST-LAST in hex, both inclusive and in whole pages of 4 KiB, as 0x100000000000-0x2fffffffffff")]
    [InlineData("--profile generation-a --memory 0x1000-0x2000", "--memory '0x1000-0x2000': expected FIRST-LAST")]
    [InlineData("--profile generation-a --memory 0x1800-0x1fff", "--memory '0x1800-0x1fff': expected FIRST-LAST")]
    [InlineData("--profile generation-a --memory 0x2000-0x1fff", "--memory '0x2000-0x1fff': expected FIRST-LAST")]
    [InlineData("--profile generation-a --memory 0x0-0xfff-0xfff", "--memory '0x0-0xfff-0xfff': expected FIRST-LAST")]
    public void A_range_of_memory_that_is_none_is_wrong_use(string options, string words)
    {
        CliCall call = CliCall.Of(["axi", "check", Dump("icarus"), .. options.Split(' ')]);

        Assert.Equal(2, call.ExitCode);
        Assert.Contains(words, Assert.Single(call.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void The_map_that_is_shown_leads_to_the_same_verdict()
    {
        string map = folder.Write("pins.map", CliCall.Of("axi", "check", Dump("icarus"), "--show-map").Output);

        Assert.Equal(CliCall.Of("axi", "check", Dump("icarus"), "--json").Output, CliCall.Of("axi", "check", Dump("icarus"), "--json", "--map", map).Output);
    }

    [Theory]
    [InlineData("", 2, "the file is empty, or no regular file; expected one VCD dump")]
    [InlineData("this is no dump", 3, "no trace: it begins with 'this is no dump'")]
    [InlineData("$timescale 1ns $end $scope module t $end $var wire 1 ! clk $end $upscope $end $enddefinitions $end #0 0! #1 1! #2 0!", 3, "no AXI4 interface")]
    [InlineData("$timescale 1ns $end $scope mod", 3, "incomplete")]
    public void A_file_that_is_no_dump_of_AXI4_is_one_line(string text, int exitCode, string words)
    {
        CliCall call = CliCall.Of("axi", "check", folder.Write("odd.vcd", text));

        Assert.Equal(exitCode, call.ExitCode);
        Assert.Contains(words, Assert.Single(call.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void The_rules_that_are_listed_are_those_that_a_trace_is_held_against()
    {
        JsonElement listed = JsonDocument.Parse(CliCall.Of("list", "rules", "--json").Output).RootElement.GetProperty("rules");
        JsonElement judged = JsonDocument.Parse(CliCall.Of("axi", "check", Dump("icarus"), "--json", "--stream").Output).RootElement.GetProperty("interfaces");

        Assert.Equal(judged.EnumerateArray().SelectMany(each => each.GetProperty("rules").EnumerateArray()).Select(r => r.GetProperty("id").GetString()), listed.EnumerateArray().Select(r => r.GetProperty("id").GetString()));
        Assert.Contains("AXI4_ERRM_AWADDR_BOUNDARY", CliCall.Of("list", "rules").Output, StringComparison.Ordinal);
    }

    private static string Dump(string name) => RepositoryRoot.File($"golden/axi4/vcd/{name}.vcd");

    private static JsonElement Interface(CliCall call) => Assert.Single(JsonDocument.Parse(call.Output).RootElement.GetProperty("interfaces").EnumerateArray());

    // One read of four beats: the address in cycle 1, the beats in cycles 2 to 5, and nothing for a hundred cycles.
    private string ReadBurst(int address)
    {
        using StringWriter text = new() { NewLine = "\n" };
        text.WriteLine("$timescale 1ns $end $scope module t $end");
        (string Name, int Bits)[] pins =
        [
            ("clk", 1), ("arvalid", 1), ("arready", 1), ("araddr", 32), ("arlen", 8), ("arsize", 3), ("arburst", 2), ("rvalid", 1), ("rready", 1), ("rdata", 256), ("rresp", 2), ("rlast", 1),
        ];
        foreach ((string name, int bits) in pins)
        {
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"$var wire {bits} {(char)('!' + Array.FindIndex(pins, p => p.Name == name))} {name} $end"));
        }

        text.WriteLine("$upscope $end $enddefinitions $end");
        for (int cycle = 0; cycle < 110; cycle++)
        {
            // Values before the edge of this cycle, and the edge.
            bool isBeat = cycle is >= 2 and <= 5;
            int[] values = [0, cycle == 1 ? 1 : 0, 1, address, 3, 5, 1, isBeat ? 1 : 0, 1, cycle, 0, cycle == 5 ? 1 : 0];
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"#{cycle * 10}"));
            for (int pin = 0; pin < pins.Length; pin++)
            {
                char code = (char)('!' + pin);
                text.WriteLine(pins[pin].Bits == 1 ? $"{values[pin]}{code}" : $"b{Convert.ToString(values[pin], 2)} {code}");
            }

            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"#{(cycle * 10) + 5}\n1!"));
        }

        return folder.Write("burst.vcd", text.ToString());
    }
}

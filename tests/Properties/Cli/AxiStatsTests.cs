using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Cli;

/// <summary><c>axi stats</c> on the dumps of two simulators, against what the simulators printed of them.</summary>
public sealed class AxiStatsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("icarus")]
    [InlineData("verilator")]
    public void Reads_beats_and_latencies_are_those_of_the_simulator_s_log(string simulator)
    {
        JsonElement reads = Reads(CliCall.Of("axi", "stats", Dump(simulator), "--json"));

        // A edge ARADDR ARLEN, then its R edge RDATA RLAST, one read after another.
        string[][] lines = [.. File.ReadLines(RepositoryRoot.File("golden/axi4/vcd/transfers.txt")).Select(line => line.Split(' ')).Where(line => line[0] is "A" or "R")];
        List<long> toFirst = [];
        List<long> toLast = [];
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i][0] == "A")
            {
                string[][] beats = [.. lines[(i + 1)..].TakeWhile(line => line[0] == "R")];
                toFirst.Add(Edge(beats[0]) - Edge(lines[i]));
                toLast.Add(Edge(beats[^1]) - Edge(beats[0]));
            }
        }

        Assert.Equal((toFirst.Count, toFirst.Count, lines.Length - toFirst.Count), (Number(reads, "started"), Number(reads, "finished"), Number(reads, "beats")));
        Assert.Equal(8L * (lines.Length - toFirst.Count), Number(reads, "bytes"));
        AssertStage(reads, "address-to-first-data", toFirst);
        AssertStage(reads, "first-to-last-data", toLast);
    }

    [Fact]
    public void Channel_uses_add_up_to_the_active_cycles()
    {
        JsonElement found = Interface(CliCall.Of("axi", "stats", Dump("icarus"), "--json"));

        Assert.Equal("AR R", string.Join(' ', found.GetProperty("channels").EnumerateArray().Select(use => use.GetProperty("channel").GetString())));
        Assert.All(found.GetProperty("channels").EnumerateArray(), use => Assert.Equal(
            Number(found, "active_cycles"), Number(use, "transfer") + Number(use, "stall") + Number(use, "starve") + Number(use, "idle")));
    }

    [Fact]
    public void The_text_has_a_line_a_channel_and_a_line_a_stage()
    {
        CliCall call = CliCall.Of("axi", "stats", Dump("icarus"));

        Assert.Equal(0, call.ExitCode);
        string[] expected = ["AR to first R", "first R to last R", "all together", "ARVALID to its handshake"];
        Assert.All(expected, words => Assert.Single(call.Lines, line => line.TrimStart().StartsWith(words, StringComparison.Ordinal)));
        Assert.DoesNotContain(call.Output.Split('\n'), line => line.EndsWith(' '));
    }

    [Fact]
    public void The_picture_is_a_document_of_its_own_and_the_same_each_time()
    {
        foreach (string name in new[] { "a.svg", "b.svg" })
        {
            Assert.Equal(0, CliCall.Of("axi", "stats", Dump("icarus"), "--svg", folder.File(name)).ExitCode);
        }

        Assert.Equal(File.ReadAllBytes(folder.File("a.svg")), File.ReadAllBytes(folder.File("b.svg")));
        Assert.Equal("svg", XDocument.Load(folder.File("a.svg")).Root!.Name.LocalName);
    }

    [Fact]
    public void A_gap_and_what_is_under_way_at_the_end_are_told()
    {
        CliCall call = CliCall.Of("axi", "stats", Dump("icarus-gap"), "--json");

        Assert.Equal((0, 1L, 1L), (call.ExitCode, Number(Interface(call), "gaps"), Number(Reads(call), "under_way")));
    }

    [Fact]
    public void A_dump_that_is_cut_within_a_line_is_incomplete()
    {
        string text = File.ReadAllText(Dump("icarus"));

        CliCall call = CliCall.Of("axi", "stats", folder.Write("cut.vcd", text[..(text.LastIndexOf("\nb", StringComparison.Ordinal) + 4)]), "--json");

        Assert.Equal((3, false), (call.ExitCode, Interface(call).GetProperty("complete").GetBoolean()));
    }

    [Fact]
    public void A_picture_over_the_dump_itself_is_refused_and_the_dump_is_whole()
    {
        string dump = folder.Write("dump.vcd", File.ReadAllText(Dump("icarus")));

        CliCall call = CliCall.Of("axi", "stats", dump, "--svg", dump);

        Assert.Equal(2, call.ExitCode);
        Assert.Contains("the output is the same file as", call.Error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(Dump("icarus")), File.ReadAllText(dump));
    }

    [Fact]
    public void A_dump_without_AXI4_is_one_line()
    {
        CliCall call = CliCall.Of("axi", "stats", folder.Write("clock.vcd", "$timescale 1ns $end $scope module t $end $var wire 1 ! clk $end $upscope $end $enddefinitions $end #0 0! #1 1! #2 0!"));

        Assert.Equal(3, call.ExitCode);
        Assert.Contains("no AXI4 interface", Assert.Single(call.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    private static void AssertStage(JsonElement reads, string stage, List<long> durations)
    {
        durations.Sort();
        JsonElement latency = reads.GetProperty("latencies").EnumerateArray().Single(each => each.GetProperty("stage").GetString() == stage);
        long Smallest(int percent) => durations.First(duration => durations.Count(other => other <= duration) * 100 >= percent * durations.Count);
        Assert.Equal(
            (durations.Count, durations[0], Smallest(50), Smallest(95), Smallest(99), durations[^1]),
            (Number(latency, "count"), Number(latency, "min"), Number(latency, "p50"), Number(latency, "p95"), Number(latency, "p99"), Number(latency, "max")));
    }

    private static long Edge(string[] line) => long.Parse(line[1], CultureInfo.InvariantCulture);

    private static long Number(JsonElement element, string name) => element.GetProperty(name).GetInt64();

    private static string Dump(string name) => RepositoryRoot.File($"golden/axi4/vcd/{name}.vcd");

    private static JsonElement Interface(CliCall call) => Assert.Single(JsonDocument.Parse(call.Output).RootElement.GetProperty("interfaces").EnumerateArray());

    private static JsonElement Reads(CliCall call) => Interface(call).GetProperty("directions").EnumerateArray().Single(each => each.GetProperty("kind").GetString() == "R");
}

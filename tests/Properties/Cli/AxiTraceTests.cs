using System.Text.Json;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Cli;

/// <summary><c>axi show</c>, <c>diff</c>, <c>convert</c>, and <c>check</c> of traces that are no dumps.</summary>
public sealed class AxiTraceTests : IDisposable
{
    // Four beats of 32 bytes whose lowest bytes are 2, 3, 4 and 5; the digest is sha256sum's over the 128 bytes.
    private const string Burst = """
        spanker-axi-trace/1
        bus data=256 addr=32 id=0
        R id=0x0 addr=0x00000f80 INCR 4x32 bytes=128 digest=DIGEST OKAY
        end writes=0 reads=1

        """;

    private const string GoldenLine = "spanker-axi-trace/1\nbus data=8 addr=8 id=0\nW id=0x0 addr=0x00 INCR 1x1 bytes=1 digest=0123456789abcdef OKAY\nend writes=1 reads=0\n";

    private readonly TemporaryFolder folder = new();

    private static string Golden => Burst.Replace("DIGEST", "d51fc7474533200b", StringComparison.Ordinal);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_dump_is_shown_as_the_golden_text_that_a_reader_writes() => Assert.Equal((0, Golden), Seen(CliCall.Of("axi", "show", Dump())));

    [Fact]
    public void Beats_are_lines_with_the_data_of_the_bus()
    {
        CliCall call = CliCall.Of("axi", "show", Dump(), "--beats");

        Assert.Equal(
            Enumerable.Range(2, 4).Select(cycle => $"  data=0x{cycle:x64} mask=0xffffffff"),
            call.Lines.Where(line => line.StartsWith("  ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Several_interfaces_of_a_dump_are_all_shown_under_their_names_or_one_alone()
    {
        string dump = Two();

        Assert.Equal((0, $"# interface p\n{Golden}# interface q\n{Golden.Replace("0f80", "0f00", StringComparison.Ordinal)}"), Seen(CliCall.Of("axi", "show", dump)));
        Assert.Equal((0, Golden), Seen(CliCall.Of("axi", "show", dump, "--interface", "p")));
    }

    [Fact]
    public void Shown_as_JSON_it_is_what_the_lines_say()
    {
        JsonElement shown = Assert.Single(JsonDocument.Parse(CliCall.Of("axi", "show", Dump(), "--json", "--beats").Output).RootElement.GetProperty("interfaces").EnumerateArray());
        JsonElement read = Assert.Single(shown.GetProperty("transactions").EnumerateArray());

        Assert.Equal(("R", "0xf80", 3, 128, "d51fc7474533200b", true), (read.GetProperty("kind").GetString(), read.GetProperty("addr").GetString(), read.GetProperty("len").GetInt32(), read.GetProperty("bytes").GetInt32(), read.GetProperty("digest").GetString(), shown.GetProperty("complete").GetBoolean()));
        Assert.Equal($"0x{3:x64}", read.GetProperty("data")[1].GetProperty("data").GetString());
    }

    [Fact]
    public void A_dump_that_ends_under_way_is_shown_and_is_incomplete()
    {
        CliCall call = CliCall.Of("axi", "show", folder.Write("cut.vcd", BurstDump.Of(cycles: 4, ("p", 0xf80))));

        Assert.Equal(3, call.ExitCode);
        Assert.Contains("incomplete", Assert.Single(call.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text", "--beats")]
    [InlineData("json")]
    [InlineData("yaml")]
    [InlineData("text")]
    public void Whatever_form_a_trace_is_kept_in_it_is_no_different_from_its_dump(string form, params string[] options)
    {
        string kept = folder.File("kept");
        CliCall convert = CliCall.Of(["axi", "convert", Dump(), "--to", form, "--out", kept, .. options]);
        CliCall diff = CliCall.Of("axi", "diff", kept, Dump());

        Assert.Equal((0, 0, "no difference: 0 writes, 1 reads\n"), (convert.ExitCode, diff.ExitCode, diff.Output));
        Assert.Equal(Golden, CliCall.Of("axi", "show", kept).Output);
    }

    [Fact]
    public void Conversions_from_form_to_form_come_back_to_the_same_bytes()
    {
        string[] files = ["a.json", "b.yaml", "c.json"];
        string[] forms = ["json", "yaml", "json"];
        string from = Dump();
        for (int step = 0; step < files.Length; step++)
        {
            Assert.Equal(0, CliCall.Of("axi", "convert", from, "--to", forms[step], "--out", folder.File(files[step])).ExitCode);
            from = folder.File(files[step]);
        }

        Assert.Equal(File.ReadAllText(folder.File("a.json")), File.ReadAllText(folder.File("c.json")));
    }

    [Fact]
    public void Cycles_stand_in_the_trace_or_in_a_file_of_their_own_or_nowhere()
    {
        Assert.Equal(0, CliCall.Of("axi", "convert", Dump(), "--to", "json", "--out", folder.File("with.json")).ExitCode);
        Assert.Equal(0, CliCall.Of("axi", "convert", Dump(), "--to", "json", "--out", folder.File("beside.json"), "--timing", folder.File("timing.json")).ExitCode);
        Assert.Equal(0, CliCall.Of("axi", "convert", Dump(), "--to", "json", "--out", folder.File("without.json"), "--no-timing").ExitCode);

        // The burst: offered and accepted in cycle 1, a beat each in cycles 2 to 5.
        const string Entry = """{ "request": 1, "address": 1, "answer": 2, "last": 5, "beats": [[2, 2], [3, 3], [4, 4], [5, 5]] }""";
        Assert.Contains(Entry, File.ReadAllText(folder.File("with.json")), StringComparison.Ordinal);
        Assert.Contains(Entry, File.ReadAllText(folder.File("timing.json")), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(folder.File("beside.json")), File.ReadAllText(folder.File("without.json")));
        Assert.DoesNotContain("timing", File.ReadAllText(folder.File("without.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void One_changed_byte_is_named_and_exits_1()
    {
        string json = folder.File("burst.json");
        _ = CliCall.Of("axi", "convert", Dump(), "--to", "json", "--out", json);
        string changed = folder.Write("changed.json", File.ReadAllText(json).Replace($"0x{4:x64}", $"0x{0x1_0004:x64}", StringComparison.Ordinal));

        CliCall diff = CliCall.Of("axi", "diff", json, changed);
        CliCall asJson = CliCall.Of("axi", "diff", json, changed, "--json");

        string sentence = $"read 0: beat 2, byte 2 (address 0x00000fc2): 01 where '{json}' has 00";
        Assert.Equal((1, sentence + "\n"), Seen(diff));
        Assert.Equal(sentence, JsonDocument.Parse(asJson.Output).RootElement.GetProperty("difference").GetProperty("message").GetString());
        Assert.Equal(1, asJson.ExitCode);
    }

    // The read ends in cycle 5, and the dump after cycle 4.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_dump_that_is_cut_and_agrees_as_far_as_it_goes_is_incomplete_and_not_different(bool isCutTheGolden)
    {
        string cut = folder.Write("cut.vcd", BurstDump.Of(cycles: 4, ("p", 0xf80)));
        string[] files = isCutTheGolden ? [cut, Dump()] : [Dump(), cut];

        CliCall text = CliCall.Of(["axi", "diff", .. files]);
        JsonElement json = JsonDocument.Parse(CliCall.Of(["axi", "diff", .. files, "--json"]).Output).RootElement;

        Assert.Equal((3, "no difference as far as both tell: 0 writes, 0 reads\nheld against nothing, where a file does not tell all: 1\n"), Seen(text));
        Assert.StartsWith($"spanker-conformance axi diff: '{cut}': incomplete: ", text.Error, StringComparison.Ordinal);
        Assert.Equal((false, false, 1), (json.GetProperty("different").GetBoolean(), json.GetProperty("complete").GetBoolean(), json.GetProperty("lacking").GetInt32()));
    }

    [Fact]
    public void A_difference_before_the_cut_is_one()
    {
        string text = BurstDump.Of(cycles: 110, ("p", 0xf00));
        string cut = folder.Write("cut.vcd", text[..(text.LastIndexOf("\nb", StringComparison.Ordinal) + 4)]);

        Assert.Equal(3, CliCall.Of("axi", "show", cut).ExitCode);
        CliCall diff = CliCall.Of("axi", "diff", Dump(), cut);

        Assert.Equal(1, diff.ExitCode);
        Assert.StartsWith("read 0: address 0x00000f00 where ", diff.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text", "was the file cut?")]
    [InlineData("json", "no JSON: ")]
    [InlineData("yaml", "YAML")]
    public void A_written_trace_that_is_cut_is_not_judged(string form, string words)
    {
        string kept = folder.File("kept");
        _ = CliCall.Of("axi", "convert", Dump(), "--to", form, "--out", kept, "--no-timing");
        string whole = File.ReadAllText(kept);
        string cut = folder.Write("cut", whole[..(whole.Length * 3 / 4)]);

        CliCall diff = CliCall.Of("axi", "diff", kept, cut);

        Assert.Equal((3, string.Empty), Seen(diff));
        Assert.Contains(words, Assert.Single(diff.Error.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dump_of_two_interfaces_needs_one_to_be_named()
    {
        string dump = Two();
        string golden = folder.Write("golden.txt", Golden);

        Assert.Equal((2, $"spanker-conformance axi diff: '{dump}': 2 interfaces; --interface names one of p, q\n"), Wrong(CliCall.Of("axi", "diff", golden, dump)));
        Assert.Equal((2, $"spanker-conformance axi diff: --interface 'r': '{dump}' has no such interface; it has p, q\n"), Wrong(CliCall.Of("axi", "diff", golden, dump, "--interface", "r")));
        Assert.Equal(0, CliCall.Of("axi", "diff", golden, dump, "--interface", "p").ExitCode);
        Assert.Equal((1, $"read 0: address 0x00000f00 where '{golden}' has 0x00000f80\n"), Seen(CliCall.Of("axi", "diff", golden, dump, "--interface", "q")));
    }

    [Theory]
    [InlineData("4x32", "4x32", 0)]
    [InlineData("0x00000f80", "0x00000fe0", 1)]
    public void A_golden_text_is_held_against_the_rules(string original, string changed, int exitCode)
    {
        string path = folder.Write("golden.txt", Golden.Replace(original, changed, StringComparison.Ordinal));
        CliCall text = CliCall.Of("axi", "check", path);
        CliCall json = CliCall.Of("axi", "check", path, "--json");

        Assert.Equal((exitCode, exitCode), (text.ExitCode, json.ExitCode));
        JsonElement seen = Assert.Single(JsonDocument.Parse(json.Output).RootElement.GetProperty("interfaces").EnumerateArray());
        JsonElement[] failed = [.. seen.GetProperty("rules").EnumerateArray().Where(rule => rule.GetProperty("outcome").GetString() == "fail")];
        Assert.Equal(exitCode == 0 ? [] : ["AXI4_ERRM_ARADDR_BOUNDARY"], failed.Select(rule => rule.GetProperty("id").GetString()));
        Assert.Equal(exitCode == 1, text.Output.Contains("    read 0, master at fault: Incr burst at 0xfe0", StringComparison.Ordinal));
        Assert.All(failed.SelectMany(rule => rule.GetProperty("violations").EnumerateArray()), violation => Assert.Equal((JsonValueKind.Null, 0), (violation.GetProperty("cycle").ValueKind, violation.GetProperty("transaction").GetInt32())));
    }

    [Theory]
    [InlineData("show FILE", "a dump of nothing", 3, "no trace: it begins with 'a dump of nothing'; expected a dump (VCD: $date, $timescale, ..; or FST), golden text (spanker-axi-trace/1), or a trace as JSON ({) or YAML (schema: ..)")]
    [InlineData("show FILE", "{ \"schema\": 1 }", 3, "schema: '1'; expected a string")]
    [InlineData("show FILE", "schema: [", 3, "no YAML: ")]
    [InlineData("show FILE", "schema: other/1", 3, "schema: 'other/1'; expected 'spanker-axi-trace/1'")]
    [InlineData("show FILE", "spanker-axi-trace/1\nbus data=8 addr=8 id=0\n", 3, "line 3: the text ends where the line 'end writes=.. reads=..' is expected; was the file cut?")]
    [InlineData("check FILE", "spanker-axi-trace/1\nbus data=8 addr=8 id=0\nend writes=0 reads=0\n", 3, "no transaction: nothing could be judged")]
    [InlineData("check FILE", "{ \"schema\": \"spanker-axi-trace/1\", \"bus\": { \"data_bits\": 8, \"address_bits\": 8, \"id_bits\": 0 }, \"transactions\": [] }", 3, "no transaction: nothing could be judged")]
    [InlineData("check FILE", "schema: spanker-axi-trace/1\nbus: { data_bits: 8, address_bits: 8, id_bits: 0 }\ntransactions: []\n", 3, "no transaction: nothing could be judged")]
    [InlineData("diff FILE FILE", "spanker-axi-trace/1\nbus data=8 addr=8 id=0\nend writes=0 reads=0\n", 3, "neither file holds a transaction: nothing was compared")]
    [InlineData("check FILE --show-map", "spanker-axi-trace/1\nbus data=8 addr=8 id=0\nend writes=0 reads=0\n", 2, "--show-map: ")]
    [InlineData("check FILE --profile generation-a --memory 0-fff", GoldenLine, 2, "--memory: ")]
    [InlineData("stats FILE", GoldenLine, 2, " is a trace (text), which does not say when READY was high; expected the dump (VCD or FST) that it was made from")]
    [InlineData("stats FILE", "{ \"schema\": \"spanker-axi-trace/1\" }", 2, " is a trace (json), which does not say when READY was high")]
    [InlineData("stats FILE", "neither", 3, "")]
    [InlineData("show FILE --beats", GoldenLine, 2, "holds digests of its data and no beats")]
    [InlineData("convert FILE --to json --out OUT", GoldenLine, 2, "transactions[0]: only the digest of its data is known")]
    [InlineData("convert FILE --to text --beats --out OUT", GoldenLine, 2, "only the digest of its data is known")]
    [InlineData("convert FILE --to text --timing OUT --out OUT2", GoldenLine, 2, "--timing: ")]
    [InlineData("convert FILE --to json --beats --out OUT", GoldenLine, 2, "--beats: json always has the beats")]
    [InlineData("convert FILE --to text --timing OUT --no-timing --out OUT2", GoldenLine, 2, "--timing and --no-timing: give one of them")]
    [InlineData("convert FILE --to xml --out OUT", GoldenLine, 2, "--to 'xml' is unknown; forms are text, json, yaml")]
    [InlineData("convert FILE --out OUT", GoldenLine, 2, "--to is missing; it takes text, json, yaml")]
    [InlineData("convert FILE --to text", GoldenLine, 2, "--out is missing; it takes the file to write")]
    [InlineData("convert FILE --to text --out FILE", GoldenLine, 2, "the output is the same file")]
    [InlineData("show FILE", "", 2, "the file is empty, or no regular file")]
    public void Bad_input_is_one_line_and_leaves_no_file(string arguments, string content, int exitCode, string words)
    {
        string path = folder.Write("in", content);
        string[] given = [.. arguments.Split(' ').Select(word => word switch { "FILE" => path, "OUT" => folder.File("out"), "OUT2" => folder.File("out2"), _ => word })];

        CliCall call = CliCall.Of(["axi", .. given]);

        Assert.Equal(exitCode, call.ExitCode);
        Assert.Contains(words, Assert.Single(call.Error.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(["in"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void The_dumps_of_two_simulators_mean_the_same_as_far_as_both_go()
    {
        // The same circuit and bench; both dumps are complete.
        CliCall call = CliCall.Of("axi", "diff", RepositoryRoot.File("golden/axi4/vcd/icarus.vcd"), RepositoryRoot.File("golden/axi4/vcd/verilator.vcd"));

        Assert.Equal((0, ""), (call.ExitCode, call.Error));
    }

    private static (int ExitCode, string Output) Seen(CliCall call) => (call.ExitCode, call.Output);

    private static (int ExitCode, string Error) Wrong(CliCall call) => (call.ExitCode, call.Error);

    private string Dump() => folder.Write("burst.vcd", BurstDump.Of(cycles: 110, ("p", 0xf80)));

    private string Two() => folder.Write("two.vcd", BurstDump.Of(cycles: 110, ("p", 0xf80), ("q", 0xf00)));
}

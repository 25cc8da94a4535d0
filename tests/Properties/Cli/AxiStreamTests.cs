using System.Globalization;
using System.Text.Json;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Cli;

/// <summary><c>axi check --stream</c>.</summary>
public sealed class AxiStreamTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("icarus")]
    [InlineData("verilator")]
    public void A_dump_with_both_has_both_judged(string simulator)
    {
        CliCall call = CliCall.Of("axi", "check", RepositoryRoot.File($"golden/axi4/vcd/{simulator}.vcd"), "--stream", "--json");

        Assert.Equal(0, call.ExitCode);
        Assert.Equal(["axi4", "stream"], Interfaces(call).Select(each => each.GetProperty("kind").GetString()));
        Assert.Equal((64, 16), (Interfaces(call)[0].GetProperty("data_bits").GetInt32(), Interfaces(call)[1].GetProperty("data_bits").GetInt32()));
    }

    [Fact]
    public void Streams_have_the_JSON_keys_of_AXI4_interfaces()
    {
        JsonElement[] both = Interfaces(CliCall.Of("axi", "check", RepositoryRoot.File("golden/axi4/vcd/icarus.vcd"), "--stream", "--json"));

        Assert.Equal(both[0].EnumerateObject().Select(member => member.Name), both[1].EnumerateObject().Select(member => member.Name));
        Assert.Equal(both[0].GetProperty("rules")[0].EnumerateObject().Select(member => member.Name), both[1].GetProperty("rules")[0].EnumerateObject().Select(member => member.Name));
    }

    [Theory]
    [InlineData(false, 0, new string[0])]
    [InlineData(true, 1, new[] { "STREAM_DATA_STABLE" })]
    public void A_payload_that_changes_while_it_waits_fails_its_rule(bool changes, int exitCode, string[] failing)
    {
        CliCall call = CliCall.Of("axi", "check", Stream(changes), "--stream", "--json");

        Assert.Equal(exitCode, call.ExitCode);
        Assert.Equal(failing, Assert.Single(Interfaces(call)).GetProperty("rules").EnumerateArray().Where(r => r.GetProperty("outcome").GetString() == "fail").Select(r => r.GetProperty("id").GetString()));
    }

    [Fact]
    public void A_violation_is_shown_with_its_cycle_and_the_side_at_fault() =>
        Assert.Contains("cycle 5, sender at fault: DATA changed while VALID waited for READY", CliCall.Of("axi", "check", Stream(changes: true), "--stream").Output, StringComparison.Ordinal);

    [Fact]
    public void Without_the_option_a_dump_with_streams_alone_has_nothing_to_judge()
    {
        CliCall call = CliCall.Of("axi", "check", Stream(changes: true));

        Assert.Equal(3, call.ExitCode);
        Assert.Contains("--stream judges streams", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_that_names_a_stream_is_followed()
    {
        string map = folder.Write("pins.map", "stream link\n  valid t.m_axis_valid\n  ready t.m_axis_ready\n");

        JsonElement found = Assert.Single(Interfaces(CliCall.Of("axi", "check", Stream(changes: true), "--stream", "--json", "--map", map)));

        Assert.Equal(("link", "not-observable"), (found.GetProperty("name").GetString(), Outcome(found, "STREAM_DATA_STABLE")));
    }

    [Fact]
    public void The_role_is_the_side_whose_port_it_is() => Assert.Equal("sender", Interfaces(CliCall.Of("axi", "check", Stream(changes: false), "--stream", "--json"))[0].GetProperty("role").GetString());

    private static string? Outcome(JsonElement found, string rule) => found.GetProperty("rules").EnumerateArray().Single(r => r.GetProperty("id").GetString() == rule).GetProperty("outcome").GetString();

    private static JsonElement[] Interfaces(CliCall call) => [.. JsonDocument.Parse(call.Output).RootElement.GetProperty("interfaces").EnumerateArray()];

    // VALID in cycles 4 to 6, READY in 6; the data is 7, or 7 and then 8 from cycle 5 on.
    private string Stream(bool changes)
    {
        using StringWriter text = new() { NewLine = "\n" };
        text.WriteLine("$timescale 1ns $end\n$scope module t $end\n$var wire 1 ! clk $end\n$var wire 1 v m_axis_valid $end\n$var wire 1 r m_axis_ready $end\n$var wire 8 d m_axis_data $end\n$upscope $end\n$enddefinitions $end");
        for (int cycle = 0; cycle < 12; cycle++)
        {
            int data = changes && cycle >= 5 ? 8 : 7;
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"#{cycle * 10}\n0!\n{(cycle is >= 4 and <= 6 ? 1 : 0)}v\n{(cycle == 6 ? 1 : 0)}r\nb{Convert.ToString(data, 2)} d\n#{(cycle * 10) + 5}\n1!"));
        }

        return folder.Write("stream.vcd", text.ToString());
    }
}

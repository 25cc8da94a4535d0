using System.Text.Json;
using Spanker.Conformance.Cli;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Tests.Support;
using Spanker.Conformance.Zoo;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Cli;

/// <summary>What commands print and how they exit when they are used rightly.</summary>
public sealed class CommandTests
{
    private static readonly string[] SelftestKeys = ["faulty", "harmless", "not_supported", "kill_rate"];

    private static readonly string[] FaultyKeys = ["name", "family", "killed", "by", "cases_to_kill", "expected"];

    private static readonly string[] HarmlessKeys = ["name", "accepted"];

    public static TheoryData<string> Lists => ["requirements", "devices", "faults", "cases"];

    [Theory]
    [MemberData(nameof(Lists))]
    public void Every_list_is_one_json_object_that_begins_with_what_was_asked_for(string name)
    {
        CliCall call = CliCall.Of("list", name, "--json");
        Assert.Equal(0, call.ExitCode);
        JsonElement list = JsonDocument.Parse(call.Output).RootElement.EnumerateObject().First(p => p.Value.ValueKind == JsonValueKind.Array).Value;
        Assert.NotEqual(0, list.GetArrayLength());
    }

    [Fact]
    public void Listed_cases_are_those_that_a_run_tries()
    {
        string[] options = ["--device", "mock", "--filter", "COL-*", "--seed", "4"];
        int listed = CliCall.Of(["list", "cases", .. options]).Lines.Length - 1;
        Assert.Contains($"judging mock: {listed} cases", CliCall.Of(["run", .. options]).Lines);
    }

    [Fact]
    public void Shards_share_the_cases_out_without_loss_or_overlap()
    {
        string[] options = ["list", "cases", "--device", "sim", "--filter", "MM-4", "--seed", "4"];
        string[] parts = [.. Enumerable.Range(1, 3).SelectMany(i => Tokens([.. options, "--shard", $"{i}/3"]))];
        Assert.Equal(Tokens(options).Order(StringComparer.Ordinal), parts.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_shard_of_the_environment_counts_from_zero()
    {
        string[] options = ["list", "cases", "--device", "sim", "--filter", "MM-4", "--seed", "4"];
        CliCall call = CliCall.With(new() { ["TEST_SHARD_INDEX"] = "2", ["TEST_TOTAL_SHARDS"] = "3" }, CancellationToken.None, options);
        Assert.Equal(CliCall.Of([.. options, "--shard", "3/3"]).Output, call.Output);
    }

    [Fact]
    public void Real_weights_are_judged_row_by_row()
    {
        CliCall call = CliCall.Of(
            "run", "--gguf", RepositoryRoot.File("golden/q4k/sample.gguf"), "--tensor", "blk.0.ffn_up.weight", "--device", "sim", "--filter", "MM-13", "--seed", "1");
        Assert.Equal(0, call.ExitCode);
    }

    [Fact]
    public void Devices_that_a_filter_leaves_no_case_do_not_spoil_the_run() =>
        Assert.Equal(0, CliCall.Of("run", "--device", "mock", "--device", "sim:class=exact", "--filter", "NUM-1", "--seed", "1").ExitCode);

    [Fact]
    public void A_class_that_the_device_does_not_meet_makes_it_deviate() =>
        Assert.Equal(1, CliCall.Of("run", "--device", "sim:class=bf16-accumulate", "--class", "f32", "--filter", "MM-13", "--seed", "1").ExitCode);

    [Theory]
    [InlineData("run")]
    [InlineData("list")]
    [InlineData("replay")]
    [InlineData("selftest")]
    public void Help_names_the_command(string name) => Assert.Contains($"  {name} ", CliCall.Of("--help").Output, StringComparison.Ordinal);

    [Fact]
    public void The_version_is_that_of_the_reports() => Assert.Matches("^[0-9]+\\.[0-9]+\\.[0-9]+\n$", CliCall.Of("--version").Output);

    [Fact]
    public void The_selftest_json_has_its_keys_in_their_order()
    {
        FaultyEntry fault = ZooCatalog.Faulty[0];
        SelftestResult result = new(
            [new FaultyResult(fault, [fault.Clause], CasesToKill: 1, AsExpected: true)], [new HarmlessResult(ZooCatalog.Harmless[0], [])], [], IsComplete: true);
        using StringWriter output = new();
        SelftestJson.Write(result, output);
        JsonElement json = JsonDocument.Parse(output.ToString()).RootElement;
        Assert.Equal(SelftestKeys, json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(FaultyKeys, json.GetProperty("faulty")[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(HarmlessKeys, json.GetProperty("harmless")[0].EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public void The_kill_matrix_names_survivors_and_unguarded_clauses()
    {
        SelftestResult result = new(
            [new FaultyResult(ZooCatalog.Faulty[0], [], CasesToKill: 0, AsExpected: false)], [new HarmlessResult(ZooCatalog.Harmless[0], ["MM-12"])], ["MM-12"], IsComplete: true);
        using StringWriter output = new() { NewLine = "\n" };
        KillMatrix.Write(result, output);
        Assert.Contains($"SURVIVED   {ZooCatalog.Faulty[0].Spec}:", output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"REJECTED   {ZooCatalog.Harmless[0].Spec}: MM-12", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("UNGUARDED  MM-12:", output.ToString(), StringComparison.Ordinal);
    }

    private static string[] Tokens(string[] args) => [.. CliCall.Of(args).Lines.Where(line => line[0] != '#')];
}

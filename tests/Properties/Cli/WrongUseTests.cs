using System.Text;
using Spanker.Conformance.Tests.Support;
using VerifyTests;
using VerifyXunit;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Cli;

/// <summary>Whatever is wrong with an invocation is said in one line. golden/reports/wrong-use.verified.txt is the table.</summary>
public sealed class WrongUseTests : IDisposable
{
    // A word each; {sample} is golden/q4k/sample.gguf, {temp} a folder that holds what PrepareFolder puts there.
    private static readonly string[] Table =
    [
        "", "judge", "axi check x.vcd", "-v", "--seed 1", "run --sed 1", "run extra", "run --seed", "run --seed x", "run --seed -1",
        "run --seed 18446744073709551616", "run --seed 0xg", "run --seed 1 --seed 2", "run --profile", "run --profile fast", "run --device",
        "run --device simulated", "run --device mock:x", "run --device sim:class=f64", "run --device sim:cards=1000", "run --device sim:speed=9",
        "run --device fault:nibbles", "run --device fault:none-such", "run --device lib:./vendor.so", "run --device dev:",
        "run --device dev:{temp}/spanker0", "run --filter XYZ-*", "run --filter ,", "run --device mock --filter NUM-*",
        "run --device sim --filter TOP-1 --shard 99/99", "run --shard 0/4", "run --shard 5/4", "run --shard four", "run --class f64",
        "run --threads 0", "run --threads many", "run --timeout-per-case 0", "run --timeout-per-case soon", "run --report {temp}/file",
        "run --report {temp}/file/below", "run --report ''", "run --device mock --class exact", "run --tensor blk.0.ffn_up.weight", "run --gguf {temp}/missing.gguf", "run --gguf {temp}",
        "run --gguf {temp}/file", "run --gguf {temp}/cut.gguf", "run --gguf {sample}", "run --gguf {sample} --tensor none", "run --json",
        "list", "list rulers", "list strategies --jsn", "list requirements --jsn", "list cases --seed x", "list cases --device mock --filter NUM-1",
        "replay", "replay one two", "replay {temp}/missing.case", "replay {temp}/file", "replay {temp}/two.case", "replay {temp}", "replay nonsense",
        "replay mm13-g9-m1n1k256-dense-s1@sim", "replay mm13-g1-m1n1k256-dense-s1", "replay mm13-g1-m1n1k256-dense-s1@simulated",
        "replay mm13-g1-m1n1k256-sparse-s1@sim", "replay mm13-g1-m1n1@sim", "replay mm13-g1-m1n1k256-lit-AAA-!!@sim",
        "replay mm13-g1-m99999999999999999999n1k256-dense-s1@sim", "replay mm13-g1-m1000000n1000000k256-dense-s1@sim",
        "replay mm13-g1-m1n1k256-gguf.0123456789abcdef.0-s1@sim", "replay mm13-g1-m1n1k256-dense-s1@sim --threads 0",
        "selftest extra", "selftest --disable MM-99", "selftest --disable LNK-1", "selftest --family nothing", "replay axi6-g1-bus-traffic-t9-r80-s1f@sim", "replay mm2-g1-m1n1k256-placement-s1@mock --vcd nowhere/x.vcd", "selftest --seed x",
        "explore --algorithm star", "explore --collective all-gather --algorithm tree", "explore --operation mean", "explore --scenario none-such", "explore --cards 0", "explore --cards 17",
        "explore --chunks none", "explore --credits 0", "explore --faults drop", "explore --faults drop:0-9:1", "explore --algorithm ring --faults lose:0-1:0", "explore --cards 1 --faults each",
        "explore --strategy dfs", "explore --strategy preemptions", "explore --strategy pct:0", "explore --strategy random:3", "explore --schedules 0", "explore --data random",
        "explore --replay ''", "explore --replay 3a!", "explore --replay 3a", "explore --replay 2b --faults each", "explore --diagram run.png", "explore --diagram {temp}/none/run.svg",
        "explore --cards 16 --scenario two-at-once --faults down:0-1", "explore --seed x", "explore --sed 1",
        "tile", "tile --m 1 --n 1", "tile --m x --n 1 --k 1", "tile --m 1 --n 1 --k 18446744073709551616", "tile --m 1 --n 1 --k 1 --cards -1",
    ];

    private readonly TemporaryFolder folder = new();

    public WrongUseTests()
    {
        folder.Write("file", "this is no token, no model and no folder");
        folder.Write("two.case", "mm13-g1-m1n1k256-dense-s1@sim\nmm13-g1-m1n1k256-dense-s2@sim\n");
        File.WriteAllBytes(folder.File("cut.gguf"), File.ReadAllBytes(RepositoryRoot.File("golden/q4k/sample.gguf"))[..100]);
    }

    public static TheoryData<string> Invocations => [.. Table];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Invocations))]
    public void Wrong_use_exits_2_or_3_with_one_line_and_no_stack_trace(string invocation)
    {
        CliCall call = Call(invocation);
        Assert.InRange(call.ExitCode, 2, 3);
        Assert.Equal(1, call.Error.Count(c => c == '\n'));
        Assert.EndsWith("\n", call.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(" at Spanker", call.Error + call.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public Task Wrong_use_says_exactly_what_the_table_says()
    {
        StringBuilder text = new();
        foreach (string invocation in Table)
        {
            CliCall call = Call(invocation);
            text.Append('$').Append(invocation.Length > 0 ? " " : string.Empty).Append(invocation).Append('\n');
            text.Append(call.ExitCode).Append(' ').Append(Scrub(call.Error)).Append('\n');
        }

        VerifySettings settings = new();
        settings.UseDirectory(RepositoryRoot.File("golden/reports"));
        settings.UseFileName("wrong-use");
        return Verifier.Verify(text.ToString(), settings);
    }

    [Fact]
    public void The_table_has_at_least_forty_rows() => Assert.InRange(Table.Distinct().Count(), 40, int.MaxValue);

    [Fact]
    public void A_half_set_shard_in_the_environment_is_wrong_use()
    {
        CliCall call = CliCall.With(new() { ["TEST_SHARD_INDEX"] = "4", ["TEST_TOTAL_SHARDS"] = "4" }, CancellationToken.None, "run", "--device", "mock");
        Assert.Equal(2, call.ExitCode);
        Assert.Contains("TEST_SHARD_INDEX '4' and TEST_TOTAL_SHARDS '4' name no shard", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_verbose_shows_where_an_error_arose()
    {
        CliCall call = CliCall.Of("run", "--gguf", folder.File("cut.gguf"), "--verbose");
        Assert.Equal(2, call.ExitCode);
        Assert.Contains("GgufException", call.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_argument_that_drives_terminals_is_made_harmless()
    {
        CliCall call = CliCall.Of("run", "--device", "\u001b[2J\nsim");
        Assert.Equal(1, call.Error.Count(c => c == '\n'));
        Assert.Contains("\\u001b[2J\\u000asim", call.Error, StringComparison.Ordinal);
    }

    private CliCall Call(string invocation) => CliCall.Of(
        [.. invocation.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word == "''" ? string.Empty : word.Replace("{temp}", folder.Path, StringComparison.Ordinal).Replace("{sample}", RepositoryRoot.File("golden/q4k/sample.gguf"), StringComparison.Ordinal))]);

    private string Scrub(string text) => text
        .Replace(folder.Path, "{temp}", StringComparison.Ordinal)
        .Replace(RepositoryRoot.File("golden/q4k/sample.gguf"), "{sample}", StringComparison.Ordinal);
}

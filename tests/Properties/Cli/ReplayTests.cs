using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Cli;

/// <summary>A token brings the same case back, bit for bit, anywhere.</summary>
public sealed class ReplayTests : IDisposable
{
    private const string Token = "mm13-g1-m4n3k512-dense-s1f";

    private static readonly Dictionary<string, string> Nothing = [];

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Switches => ["DOTNET_EnableAVX512", "DOTNET_EnableAVX2", "DOTNET_EnableHWIntrinsic"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_case_that_conforms_exits_0() => Assert.Equal(0, CliCall.Of("replay", $"{Token}@sim").ExitCode);

    [Fact]
    public void A_case_that_deviates_exits_1_and_shows_the_neighbourhood()
    {
        CliCall call = CliCall.Of("replay", $"{Token}@fault:nibbles-swapped");
        Assert.Equal(1, call.ExitCode);
        Assert.Contains(call.Lines, line => line.Trim().StartsWith("y[0,1] expected ", StringComparison.Ordinal) && line.EndsWith("WRONG", StringComparison.Ordinal));
    }

    [Fact]
    public void A_case_that_cannot_be_judged_on_the_device_exits_3() =>
        Assert.Equal(3, CliCall.Of("replay", Token, "--device", "mock").ExitCode);

    [Fact]
    public void The_option_overrides_the_device_of_the_token() =>
        Assert.Equal("sim", CliCall.Of("replay", $"{Token}@fault:nibbles-swapped", "--device", "sim").Field("device"));

    [Fact]
    public void The_class_decides_what_the_device_is_held_to()
    {
        string[] q8k = [$"{Token}@sim:class=q8k"];
        Assert.Equal(0, CliCall.Of(["replay", .. q8k]).ExitCode);
        Assert.Equal(1, CliCall.Of(["replay", .. q8k, "--class", "exact"]).ExitCode);
    }

    [Fact]
    public void Results_are_the_same_at_one_thread_and_two() =>
        Assert.Equal(Digest($"{Token}@fault:nibbles-swapped"), Digest($"{Token}@fault:nibbles-swapped", "--threads", "2"));

    [Fact]
    public void Results_are_the_same_in_another_process() =>
        Assert.Equal(Digest($"{Token}@fault:nibbles-swapped"), CliCall.InProcess(Nothing, "replay", $"{Token}@fault:nibbles-swapped").Field("result"));

    [Theory]
    [MemberData(nameof(Switches))]
    public void Results_are_the_same_without_a_vector_instruction_set(string variable)
    {
        CliCall child = CliCall.InProcess(new Dictionary<string, string> { [variable] = "0" }, "replay", $"{Token}@fault:nibbles-swapped");
        Assert.Equal(Digest($"{Token}@fault:nibbles-swapped"), child.Field("result"));
        Assert.EndsWith(" bits", child.Field("hardware"), StringComparison.Ordinal);
        Assert.DoesNotContain(variable == "DOTNET_EnableAVX512" ? "512 bits" : "256 bits", child.Field("hardware"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_child_without_vectors_says_that_it_has_none()
    {
        CliCall child = CliCall.InProcess(new Dictionary<string, string> { ["DOTNET_EnableHWIntrinsic"] = "0" }, "replay", $"{Token}@sim");
        Assert.DoesNotContain("Avx2", child.Field("hardware"), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_answers_have_another_digest() => Assert.NotEqual(Digest($"{Token}@sim"), Digest($"{Token}@sim:order=pairwise"));

    [Fact]
    public void Other_answers_of_a_collective_have_another_digest() =>
        Assert.NotEqual(Digest("col7-g1-reduce0-c3-l5-cancelling-s1@sim"), Digest("col7-g1-reduce0-c3-l5-cancelling-s2@sim"));

    [Fact]
    public void A_file_replays_as_its_token_does()
    {
        string file = folder.Write("one.case", $"# a comment\n\n{Token}@fault:nibbles-swapped\n");
        Assert.Equal(Digest($"{Token}@fault:nibbles-swapped"), Digest(file));
    }

    [Fact]
    public void A_case_of_real_weights_replays_with_its_file()
    {
        string[] tensor = ["--gguf", RepositoryRoot.File("golden/q4k/sample.gguf"), "--tensor", "blk.0.ffn_up.weight"];
        CliCall list = CliCall.Of(["list", "cases", "--device", "sim", "--filter", "MM-13", "--seed", "1", .. tensor]);
        string token = list.Lines.First(line => line.Contains("-gguf.", StringComparison.Ordinal));
        Assert.Equal(0, CliCall.Of(["replay", token, .. tensor]).ExitCode);
    }

    private static string Digest(params string[] args) => CliCall.Of(["replay", .. args]).Field("result");
}

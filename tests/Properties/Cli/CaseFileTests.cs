using Spanker.Conformance.Suite;
using Spanker.Conformance.Suite.Reports;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Cli;

/// <summary>A token too long for a command line is kept in a file beside the report, and replays from there.</summary>
public sealed class CaseFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_long_token_gets_a_file_that_replays()
    {
        ReportedFailure failure = Write(bytes: 144 * 16);
        Assert.Equal("cases/1.case", failure.CaseFile);
        Assert.Equal($"spanker-conformance replay {folder.File("cases/1.case")}", failure.ReplayLine);
        Assert.Equal("sim", CliCall.Of("replay", folder.File("cases/1.case")).Field("device"));
    }

    [Fact]
    public void The_file_holds_the_very_token_of_the_report() =>
        Assert.Equal(Write(bytes: 144 * 16).Token, CaseFile.Read(folder.File("cases/1.case")));

    [Fact]
    public void A_short_token_stays_on_the_command_line()
    {
        ReportedFailure failure = Write(bytes: 144);
        Assert.Null(failure.CaseFile);
        Assert.Equal($"spanker-conformance replay {failure.Token}", failure.ReplayLine);
        Assert.False(Directory.Exists(folder.File("cases")));
    }

    [Theory]
    [InlineData("sim:class=f32,cards=4", "sim:class=f32,cards=4")]
    [InlineData("exec:./card --fast", "'exec:./card --fast'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("", "''")]
    [InlineData("$(x)", "'$(x)'")]
    public void A_word_of_a_replay_line_is_quoted_for_the_shell(string word, string quoted) => Assert.Equal(quoted, RunReport.Quote(word));

    private ReportedFailure Write(int bytes)
    {
        byte[] a = new byte[bytes];
        for (int i = 0; i < bytes; i++)
        {
            a[i] = (byte)(1 + (i % 60));
        }

        MatmulCase tried = new("MM-13", new MatmulShape(M: 1, N: 1, K: (ulong)bytes / 144 * 256), new LiteralOperands(a, a));
        Failure failure = new("MM-13", tried, tried, new Deviation("wrong", "1", "2"), Where: string.Empty, CasesBroken: 1);
        IEnumerable<RequirementResult> clauses = RequirementCatalogue.All.Select(r => new RequirementResult(r, Outcome.NotExercised, Cases: 0, Reached: [], "left out"));
        DeviceResult device = new("sim", "sim", Outcome.Deviates, "f32", MetClass: null, WorstErrorOverBound: 0, [.. clauses], [failure], IsComplete: true);
        RunResult result = new(new RunOptions(new CasePlan(1, Profile.Quick), []), [device], Canary: null, IsComplete: false);
        RunReport report = new(result, ReportEnvironment.Capture(threads: 1, default, default), ggufPath: null, folder.Path);
        ReportFolder.Write(folder.Path, report);
        return report.Of(failure);
    }
}

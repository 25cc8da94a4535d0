using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Zoo;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Suite;

/// <summary>COL-11 as the suite judges it.</summary>
public sealed class ShardingChecksTests
{
    private const string Columns = "col11-g1-columns-c2-m2n5k512-dense-s1";
    private const string Depth = "col11-g1-depth-c2-m2n3k1280-dense-s1";
    private const string Pipeline = "col11-g1-pipeline-c2-m3n2k256-dense-s1";

    public static TheoryData<string, string[]> ShardsBySharding => new()
    {
        // The whole, then two and three columns: five rows of B in shards of three and two.
        { Columns, ["2x5x512", "2x3x512", "2x2x512"] },

        // Five super-blocks in shards of three and two; there is no product of the whole.
        { Depth, ["2x3x768", "2x3x512"] },

        // Both layers of three rows; then batches of two rows and one, the second layer a step behind the first.
        { Pipeline, ["3x256x256", "3x2x256", "2x256x256", "1x256x256", "2x2x256", "1x2x256"] },
    };

    [Theory]
    [MemberData(nameof(ShardsBySharding))]
    public void The_device_is_called_once_for_each_shard(string token, string[] calls)
    {
        List<string> seen = [];
        StagedSource source = new("recorded", () => new StagedSail { Before = call => seen.Add($"{call.M}x{call.N}x{call.K}") });
        CaseRecord record = new CaseRunner(source).Try(CaseToken.Parse(token));
        Assert.Equal(calls, seen);
        Assert.Null(record.DeviationFrom("COL-11"));
        Assert.Contains(record.Observations, o => o.Clause == "COL-11");
    }

    // Three shards of one column: the third has none.
    [Fact]
    public void An_empty_shard_makes_no_call_and_adds_zero()
    {
        List<ulong> depths = [];
        StagedSource source = new("recorded", () => new StagedSail { Before = call => depths.Add(call.K) });
        CaseRecord record = new CaseRunner(source).Try(CaseToken.Parse("col11-g1-depth-c3-m1n1k512-dense-s1"));
        Assert.Equal([256, 256], depths);
        Assert.Contains(record.Reached, reached => reached.Edge == "depth with an empty shard");
    }

    [Fact]
    public void A_device_that_is_not_deterministic_is_judged_along_k_alone()
    {
        RequirementResult judged = Assert.Single(Judge(ZooCatalog.Find("varies-and-says-so")!).Requirements, r => r.Requirement.Id == "COL-11");
        Assert.Equal(Outcome.Conforms, judged.Outcome);
        Assert.All(judged.Reached, edge => Assert.StartsWith("depth", edge, StringComparison.Ordinal));
    }

    [Fact]
    public void A_call_that_is_wrong_by_itself_is_left_to_the_clauses_about_values() =>
        Assert.Null(new CaseRunner(ZooCatalog.Find("second-call-wrong")!).Try(CaseToken.Parse(Columns)).DeviationFrom("COL-11"));

    [Fact]
    public void A_call_that_is_refused_is_a_deviation()
    {
        StagedSource source = new("refusing", () => new RefusingSail());
        Deviation? deviation = new CaseRunner(source).Try(CaseToken.Parse(Columns)).DeviationFrom("COL-11");
        Assert.StartsWith("a product of m=2,n=5,k=512 answered ", deviation?.Message, StringComparison.Ordinal);
    }

    private static DeviceResult Judge(IDeviceSource source) =>
        ConformanceRun.Run(new RunOptions(new CasePlan(1, Profile.Quick), [source]) { Filter = new ClauseFilter("COL-11"), Threads = 1 }).Devices[0];

    private sealed class RefusingSail() : F32Sail(new SimOptions())
    {
        public override DeviceError? MatmulQ4K(in MatmulCall call) => new UnknownDeviceError(7, "not today");
    }
}

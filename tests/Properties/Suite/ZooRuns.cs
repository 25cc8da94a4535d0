using System.Collections.Concurrent;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Zoo;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Suite;

/// <summary>What the suite says of the zoo, run once for all tests that ask.</summary>
internal static class ZooRuns
{
    public const ulong Seed = 1;

    private static readonly Lazy<RunResult> Whole = new(() => ConformanceRun.Run(
        new RunOptions(new CasePlan(Seed, Profile.Quick), [.. ZooCatalog.Faulty, .. ZooCatalog.Harmless]) { Shrinks = false, Threads = 2 }));

    private static readonly ConcurrentDictionary<string, Lazy<DeviceResult>> ByClauseAlone = new();

    public static TheoryData<string> FaultyNames => [.. ZooCatalog.Faulty.Select(entry => entry.Name)];

    public static TheoryData<string> HarmlessNames => [.. ZooCatalog.Harmless.Select(entry => entry.Name)];

    /// <summary>The whole zoo under the whole quick plan, as found, in one run.</summary>
    public static RunResult All => Whole.Value;

    public static FaultyEntry Faulty(string name) => Assert.IsType<FaultyEntry>(ZooCatalog.Find(name));

    /// <summary>The part of the whole run that is about one device.</summary>
    public static RunResult Of(string name) => All with { Devices = [Assert.Single(All.Devices, device => device.Spec == "fault:" + name)] };

    /// <summary>What the declared clause's cases say of a faulty device, shrunk; the cases of other clauses are not tried.</summary>
    public static DeviceResult ByItsClause(FaultyEntry entry) => ByClauseAlone.GetOrAdd(entry.Name, _ => new Lazy<DeviceResult>(() =>
    {
        RunOptions options = new(new CasePlan(Seed, Profile.Quick), [entry]) { Filter = new ClauseFilter(entry.Clause), Threads = 1 };
        return DeviceJudgement.Plan(options, entry).Run(progress: null, CancellationToken.None);
    })).Value;

    /// <summary>The failure of the declared clause, shrunk.</summary>
    public static Failure FailureOf(FaultyEntry entry) => Assert.Single(ByItsClause(entry).Failures, failure => failure.Clause == entry.Clause);
}

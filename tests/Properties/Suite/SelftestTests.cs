using Spanker.Conformance.Device;
using Spanker.Conformance.Suite;
using Spanker.Conformance.Zoo;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Suite;

public sealed class SelftestTests
{
    /// <summary>The clauses that the zoo's devices can be judged by: those that some device of it was seen to keep or to break.</summary>
    private static readonly string[] JudgedClauses =
    [
        "MM-1", "MM-2", "MM-3", "MM-4", "MM-5", "MM-6", "MM-7", "MM-8", "MM-9", "MM-10", "MM-11", "MM-12", "MM-13", "MM-14", "MM-15", "MM-16",
        "NUM-1", "NUM-2", "NUM-3", "NUM-4", "DRV-1", "DRV-2", "DRV-3", "DRV-4", "DRV-8",
        "COL-1", "COL-2", "COL-3", "COL-4", "COL-5", "COL-6", "COL-7", "COL-8", "COL-9", "COL-10", "COL-11", "TOP-1",
        "SCH-1", "SCH-2", "SCH-3",
        "AXI-1", "AXI-2", "AXI-3", "AXI-4", "AXI-5", "AXI-6", "AXI-7",
    ];

    public static TheoryData<string> Judged => [.. JudgedClauses];

    private static IReadOnlyList<ZooEntry> InThisProcess { get; } = [.. ZooCatalog.Faulty, .. ZooCatalog.Harmless];

    [Fact]
    public void The_whole_zoo_is_judged_as_its_entries_declare() => AssertAsDeclared(ZooCatalog.Everything, seed: 1);

    [Fact]
    public void Another_seed_judges_the_devices_of_this_process_as_their_entries_declare() => AssertAsDeclared(InThisProcess, seed: 2);

    [Fact]
    public void Devices_that_do_not_open_leave_the_selftest_incomplete_and_say_why()
    {
        ZooEntry gone = new HarmlessEntry("gone", "does not open", () => throw new DeviceOpenException("fault:gone", new NotImplemented("no C compiler")));

        SelftestResult result = Selftest.Run(seed: 1, new HashSet<string>(), threads: 2, entries: [gone, ZooCatalog.Find("fused")!]);

        Assert.Equal([(gone, "no C compiler")], result.NotSupported);
        Assert.True(Assert.Single(result.Harmless).IsAccepted);
        Assert.Equal(3, result.ExitCode);
    }

    private static void AssertAsDeclared(IReadOnlyList<ZooEntry> entries, ulong seed)
    {
        SelftestResult result = Selftest.Run(seed, new HashSet<string>(), threads: 2, entries: entries);
        Assert.Empty(result.NotSupported);
        Assert.All(result.Faulty, f => Assert.True(f.AsExpected, $"{f.Entry.Name}: declared {f.Entry.Clause}, reported by {string.Join(' ', f.By)}"));
        Assert.All(result.Harmless, h => Assert.True(h.IsAccepted, $"{h.Entry.Name}: {string.Join(' ', h.Objections)}"));
        Assert.Empty(result.UnguardedClauses);
        Assert.Equal(1.0, result.KillRate);
        Assert.Equal(entries.Count, result.Faulty.Count + result.Harmless.Count);
        Assert.Equal(0, result.ExitCode);
    }

    // The cheap way to see it for every clause is the next test; these two go the whole way, once for a clause that values break and once for one that they do not.
    [Theory]
    [InlineData("MM-2", "wrong-for-33-columns")]
    [InlineData("NUM-4", "subnormal-d-flushed")]
    public void With_a_clause_s_check_left_out_a_device_survives_and_selftest_says_so(string clause, string survivor)
    {
        SelftestResult result = Selftest.Run(seed: 1, new HashSet<string> { clause }, threads: 2, entries: InThisProcess);
        Assert.Equal(1, result.ExitCode);
        Assert.Empty(Assert.Single(result.Faulty, f => f.Entry.Name == survivor).By);
        Assert.True(result.KillRate < 1);
    }

    /// <summary>
    /// From one full run, since a clause's own cases and findings depend on no other clause's: without the clause, the devices that it alone
    /// reported would pass.
    /// </summary>
    [Theory]
    [MemberData(nameof(Judged))]
    public void Every_judged_clause_is_the_only_one_that_reports_some_device_of_a_full_run(string clause) =>
        Assert.Contains(ZooRuns.All.Devices, device => device.Failures.Count == 1 && device.Failures[0].Clause == clause);

    [Fact]
    public void The_judged_clauses_are_those_that_a_full_run_over_the_zoo_judges() => Assert.Equal(
        ZooRuns.All.Devices
            .SelectMany(device => device.Requirements.Where(r => r.Outcome is Outcome.Conforms or Outcome.Deviates).Select(r => r.Requirement.Id))
            .Distinct().Order(StringComparer.Ordinal),
        JudgedClauses.Order(StringComparer.Ordinal));
}

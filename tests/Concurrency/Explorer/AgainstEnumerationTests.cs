using Spanker.Conformance.Exploration;
using Xunit;

namespace Spanker.Conformance.Tests.Concurrency.Explorer;

/// <summary>The exhaustive search against an enumeration of every interleaving, on programs small enough for that.</summary>
public sealed class AgainstEnumerationTests
{
    /// <summary>Enumerations longer than that are given up.</summary>
    private const int MostInterleavings = 60_000;

    [Fact]
    public void Random_programs_of_cells_locks_signals_timers_and_faults_have_the_same_states_findings_and_traces()
    {
        int compared = 0;
        int stuck = 0;
        int timed = 0;
        int reduced = 0;
        for (ulong seed = 0; seed < 900; seed++)
        {
            RandomProgram plan = new(seed);
            TraceDigests every = new();
            ExplorationOptions all = new() { StopAtFinding = false, MostSchedules = MostInterleavings, Watches = [every] };
            ExplorationResult enumerated = Exploration.Explorer.Explore(plan.Build(), EveryInterleaving.All(), all);
            if (!enumerated.Exhausted)
            {
                continue;
            }

            compared++;
            TraceDigests once = new();
            ExplorationResult searched = Exploration.Explorer.Explore(
                plan.Build(), new SourceDpor(), new ExplorationOptions { StopAtFinding = false, MostSchedules = 200_000, Watches = [once] });
            string told = $"program {seed}: {plan}";
            Assert.True(searched.Exhausted, told);
            Assert.True(enumerated.FinalStates.SetEquals(searched.FinalStates), told);
            Assert.Equal(
                told + Kinds(enumerated),
                told + Kinds(searched));
            Assert.True(every.Digests.ToHashSet().SetEquals(once.Digests), $"{told}: {every.Count} traces, {once.Count} found");
            Assert.True(once.Count == searched.Schedules, $"{told}: {searched.Schedules} schedules for {once.Count} traces");
            stuck += enumerated.Findings.Count > 0 ? 1 : 0;
            timed += plan.HasTimers ? 1 : 0;
            reduced += searched.Schedules < enumerated.Schedules ? 1 : 0;
        }

        Assert.True(compared > 400, $"only {compared} programs were small enough");
        Assert.True(stuck > 30, $"only {stuck} had findings");
        Assert.True(timed > 60, $"only {timed} had timers");
        Assert.True(reduced > 200, $"only {reduced} were reduced");
    }

    private static string Kinds(ExplorationResult result) =>
        string.Join(",", result.Findings.Select(found => found.Finding.KindText).Order(StringComparer.Ordinal));
}

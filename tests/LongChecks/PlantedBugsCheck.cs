using System.Globalization;
using Spanker.Conformance.Exploration;
using Spanker.Conformance.Tests.Concurrency.Planted;

namespace Spanker.Conformance.Tests.LongChecks;

/// <summary>How many schedules each strategy needs to find each planted bug: the median over seeds, as the rows of docs/exploration-bugs.md.</summary>
/// <remarks>
/// k of probabilistic concurrency testing is the longest run of the whole search of the program: each schedule is a linear order of one of its traces, so none
/// is longer. Where that search does not end, or the finding is a livelock, k is twice the limit of steps, at which every run ends.
/// </remarks>
internal sealed class PlantedBugsCheck(ulong seed, int seeds)
{
    private const long MostSchedules = 10_000;
    private const long MostToMeasure = 200_000;

    /// <summary>Prints the table; the exit code is 1 if a strategy finds something that is not the bug.</summary>
    public int Run(TextWriter output)
    {
        output.WriteLine("| bug | finding | n | k | traces | exhaustive | preemptions <= 1 | <= 2 | delays <= 1 | <= 2 | pct d = 2 | d = 3 | pos | random |");
        output.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        int others = 0;
        foreach (PlantedBug bug in PlantedBugs.All)
        {
            ExploredProgram program = bug.Build(true);
            ExplorationResult whole = Explorer.Explore(
                program, new SourceDpor(), bug.Options(MostToMeasure) with { StopAtFinding = false, CheckDeterminism = false });
            bool isMeasured = whole.Exhausted && bug.Kind != FindingKind.Livelock;
            int k = isMeasured ? whole.LongestRun : 2 * bug.StepLimit;
            string[] cells =
            [
                Once(bug, new SourceDpor()),
                Once(bug, EveryInterleaving.WithPreemptions(1)),
                Once(bug, EveryInterleaving.WithPreemptions(2)),
                Once(bug, EveryInterleaving.WithDelays(1)),
                Once(bug, EveryInterleaving.WithDelays(2)),
                Median(bug, start => new Pct(start, depth: 2, steps: Math.Max(k, 2))),
                Median(bug, start => new Pct(start, depth: 3, steps: Math.Max(k, 3))),
                Median(bug, start => new PartialOrderSampling(start)),
                Median(bug, start => new RandomWalk(start)),
            ];
            others += cells.Count(cell => cell.EndsWith('!'));
            string traces = isMeasured ? whole.Schedules.ToString(CultureInfo.InvariantCulture) : "not bounded";
            output.WriteLine(
                $"| {bug.Name} | {new Finding(bug.Kind, string.Empty).KindText} | {new ThreadMap(program).Count} | {k} | {traces} | {string.Join(" | ", cells)} |");
        }

        output.WriteLine();
        output.WriteLine($"seeds {seed} to {seed + (ulong)seeds - 1}, at most {MostSchedules} schedules each; {others} strategies found something else (marked !)");
        return others == 0 ? 0 : 1;
    }

    private static string Once(PlantedBug bug, Strategy strategy) => Text(SchedulesToFind(bug, strategy));

    private string Median(PlantedBug bug, Func<ulong, Strategy> strategyOf)
    {
        long[] counts = new long[seeds];
        for (int i = 0; i < seeds; i++)
        {
            counts[i] = SchedulesToFind(bug, strategyOf(seed + (ulong)i));
        }

        Array.Sort(counts);
        return counts[0] < 0 ? Text(counts[0]) : Text(counts[seeds / 2]);
    }

    /// <summary>The number of the schedule that shows the bug; the greatest number if none does, -1 if one shows something else.</summary>
    private static long SchedulesToFind(PlantedBug bug, Strategy strategy)
    {
        FoundSchedule? found = Explorer.Explore(bug.Build(true), strategy, bug.Options(MostSchedules)).First;
        return found is null ? long.MaxValue : found.Finding.Kind == bug.Kind ? found.Number : -1;
    }

    private static string Text(long count) => count switch
    {
        long.MaxValue => "-",
        < 0 => "!",
        _ => count.ToString(CultureInfo.InvariantCulture),
    };
}

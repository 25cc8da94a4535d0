namespace Spanker.Conformance.Exploration;

/// <summary>Makes a failing schedule simpler: fewer switches first, then fewer steps, and still a finding of the same kind.</summary>
/// <remarks>
/// A candidate is followed leniently: a step whose thread cannot go on is left out, and at the end the last thread goes on. What really
/// ran is then the candidate's schedule, so the result replays exactly.
/// </remarks>
public static class ScheduleShrinker
{
    /// <summary>Shrinks.</summary>
    /// <param name="program">The program.</param>
    /// <param name="found">What was found.</param>
    /// <param name="mostRuns">The most runs that it may cost.</param>
    /// <param name="stepLimit">As in the exploration.</param>
    public static FoundSchedule Shrink(ExploredProgram program, FoundSchedule found, int mostRuns = 2_000, int stepLimit = 10_000)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(found);
        Execution run = new(program, stepLimit);
        FoundSchedule best = found;
        int left = mostRuns;
        bool better = true;
        while (better && left > 0)
        {
            better = false;
            foreach (List<int> candidate in Simpler(best.Schedule))
            {
                if (left-- <= 0)
                {
                    break;
                }

                Lenient lenient = new(candidate);
                run.Run(lenient);
                if (run.Finding is { } finding && finding.Kind == found.Finding.Kind)
                {
                    Schedule ran = Schedule.Of(run);
                    if (Cost(ran).CompareTo(Cost(best.Schedule)) < 0)
                    {
                        best = new FoundSchedule(finding, ran, found.Number);
                        better = true;
                        break;
                    }
                }
            }
        }

        return best;
    }

    /// <summary>Switches, then steps.</summary>
    private static (int Switches, int Steps) Cost(Schedule schedule)
    {
        int switches = 0;
        for (int step = 1; step < schedule.Threads.Count; step++)
        {
            switches += schedule.Threads[step] != schedule.Threads[step - 1] ? 1 : 0;
        }

        return (switches, schedule.Threads.Count);
    }

    private static IEnumerable<List<int>> Simpler(Schedule schedule)
    {
        List<(int Thread, int Count)> blocks = Blocks(schedule);

        // Cut the end off, long pieces first.
        for (int keep = blocks.Count / 2; keep < blocks.Count; keep++)
        {
            yield return Flat(blocks.Take(keep));
        }

        // Let a block come together with the one of the same thread before or after it.
        for (int at = 0; at < blocks.Count; at++)
        {
            int earlier = blocks.FindLastIndex(Math.Max(at - 1, 0), Math.Max(at, 1), block => block.Thread == blocks[at].Thread);
            if (earlier >= 0 && earlier < at)
            {
                List<(int Thread, int Count)> early = [.. blocks];
                early.RemoveAt(at);
                early.Insert(earlier + 1, blocks[at]);
                yield return Flat(early);
                List<(int Thread, int Count)> late = [.. blocks];
                late.RemoveAt(earlier);
                late.Insert(at, blocks[earlier]);
                yield return Flat(late);
            }
        }

        for (int at = 0; at < blocks.Count; at++)
        {
            yield return Flat(blocks.Where((_, index) => index != at));
        }

        for (int step = 0; step < schedule.Threads.Count; step++)
        {
            yield return [.. schedule.Threads.Where((_, index) => index != step)];
        }
    }

    private static List<(int Thread, int Count)> Blocks(Schedule schedule)
    {
        List<(int Thread, int Count)> blocks = [];
        foreach (int thread in schedule.Threads)
        {
            if (blocks.Count > 0 && blocks[^1].Thread == thread)
            {
                blocks[^1] = (thread, blocks[^1].Count + 1);
            }
            else
            {
                blocks.Add((thread, 1));
            }
        }

        return blocks;
    }

    private static List<int> Flat(IEnumerable<(int Thread, int Count)> blocks) =>
        [.. blocks.SelectMany(block => Enumerable.Repeat(block.Thread, block.Count))];

    private sealed class Lenient(List<int> wish) : Strategy
    {
        private int at;

        public override string Name => "lenient";

        public override bool Begin() => true;

        public override int Choose(Execution run, ThreadSet enabled)
        {
            while (at < wish.Count)
            {
                int thread = wish[at++];
                if (enabled.Has(thread))
                {
                    return thread;
                }
            }

            int last = run.Steps == 0 ? -1 : run.Log[^1].Thread;
            return last >= 0 && enabled.Has(last) ? last : enabled.First;
        }
    }
}

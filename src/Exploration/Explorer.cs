namespace Spanker.Conformance.Exploration;

/// <summary>Runs a program again and again, each time by another schedule, until the strategy has none left or a limit is hit.</summary>
public static class Explorer
{
    /// <summary>More final states than that are not told apart, so that memory stays bounded.</summary>
    public const int MostFinalStates = 65_536;

    /// <summary>Explores <paramref name="program"/>.</summary>
    public static ExplorationResult Explore(
        ExploredProgram program, Strategy strategy, ExplorationOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(strategy);
        options ??= new ExplorationOptions();
        Execution run = new(program, options.StepLimit);
        Strategy chooser = options.Watches.Count == 0 ? strategy : new Watched(strategy, options.Watches);
        List<FoundSchedule> findings = [];
        HashSet<ulong> states = [];
        long schedules = 0;
        long blocked = 0;
        long steps = 0;
        int longest = 0;
        string? limit = null;
        bool exhausted = false;
        while (true)
        {
            if (schedules + blocked >= options.MostSchedules)
            {
                limit = $"{options.MostSchedules} schedules";
                break;
            }

            if (cancellation.IsCancellationRequested)
            {
                limit = "cancelled";
                break;
            }

            if (!chooser.Begin())
            {
                exhausted = strategy.Exhausts && limit is null;
                break;
            }

            RunEnd end = run.Run(chooser);
            steps += run.Steps;
            longest = Math.Max(longest, run.Steps);
            if (run.Steps > options.StepLimit)
            {
                // From there on tasks took turns and the strategy had no say.
                limit ??= $"{options.StepLimit} steps of a run";
            }

            if (end == RunEnd.Pruned)
            {
                blocked++;
                if (run.Finding is null)
                {
                    continue;
                }
            }
            else
            {
                schedules++;
            }

            if (end == RunEnd.Complete && states.Count < MostFinalStates)
            {
                states.Add(program.StateHash());
            }

            Finding? finding = run.Finding;
            if (options.CheckDeterminism && finding is null && end != RunEnd.Pruned)
            {
                finding = RunTwice.Compare(run, program, options.StepLimit);
            }

            if (finding is not null && findings.TrueForAll(known => known.Finding.Kind != finding.Kind))
            {
                findings.Add(new FoundSchedule(finding, Schedule.Of(run), schedules + blocked));
                if (options.StopAtFinding)
                {
                    break;
                }
            }
        }

        return new ExplorationResult(strategy.Name, schedules, blocked, steps, longest, exhausted, limit, findings, states);
    }

    /// <summary>Runs one schedule again.</summary>
    /// <returns>What it shows, and the run with its log.</returns>
    public static (Finding? Finding, Execution Run) Replay(ExploredProgram program, Schedule schedule, int stepLimit = 10_000)
    {
        Execution run = new(program, stepLimit);
        ReplayOf replay = new(schedule);
        replay.Begin();
        run.Run(replay);
        return (run.Finding, run);
    }
}

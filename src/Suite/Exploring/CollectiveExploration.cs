using System.Globalization;
using Spanker.Conformance.Collectives;
using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Suite;

/// <summary>Explores the programs of a plan, one after another, until one shows a finding.</summary>
public sealed class CollectiveExploration
{
    /// <summary>More traces than that are not told apart where they are counted by digest, so that memory stays bounded.</summary>
    public const int MostTraces = 1_000_000;

    private const int LeastStepLimit = 10_000;
    private readonly ExplorationPlan plan;
    private readonly IReadOnlyList<RunWatch> watches;
    private readonly ReachedSources sources = new();
    private readonly List<PctGuarantee> guarantees = [];
    private int programs;
    private long schedules;
    private long traces;
    private bool overflowed;
    private long blocked;
    private long steps;
    private int longest;
    private bool exhausted = true;
    private bool interrupted;
    private string? limit;
    private ExplorationFinding? finding;
    private SequenceDiagram? replayed;

    private CollectiveExploration(ExplorationPlan plan, IReadOnlyList<RunWatch> watches)
    {
        this.plan = plan;
        this.watches = watches;
    }

    /// <summary>Explores.</summary>
    /// <param name="plan">What.</param>
    /// <param name="watches">Look on at each run.</param>
    /// <param name="cancellation">Calls it off between two schedules.</param>
    /// <exception cref="FormatException">The schedule to replay is one of another program.</exception>
    public static ExplorationSummary Run(ExplorationPlan plan, IReadOnlyList<RunWatch>? watches = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        CollectiveExploration exploration = new(plan, watches ?? []);
        foreach (LinkFault? fault in plan.Faults)
        {
            exploration.ExploreFault(fault, cancellation);
            if (exploration.HasEnded)
            {
                break;
            }
        }

        return exploration.SumUp();
    }

    private bool HasEnded => finding is not null || interrupted;

    private void ExploreFault(LinkFault? fault, CancellationToken cancellation)
    {
        // Data decide nothing about who waits for whom: the traces of one kind are those of each.
        TraceDigests? digests = plan.Strategy.Name == "exhaustive" && plan.Replay is null ? null : new TraceDigests(MostTraces);
        long most = 0;
        foreach (CollectiveDataKind data in plan.Data)
        {
            most = Math.Max(most, ExploreProgram(fault, data, digests, cancellation));
            if (HasEnded)
            {
                break;
            }
        }

        traces += digests?.Count ?? most;
        overflowed |= digests?.Overflowed ?? false;
    }

    private long ExploreProgram(LinkFault? fault, CollectiveDataKind data, TraceDigests? digests, CancellationToken cancellation)
    {
        CollectiveSetup setup = plan.Setup with { Fault = fault, Data = data };
        ExploredProgram program = plan.Program(setup);
        int bound = StepBound.Of(setup, plan.Program);
        int stepLimit = Math.Max(LeastStepLimit, 2 * bound);
        ReplayOf? replay = plan.Replay is null ? null : new ReplayOf(plan.Replay);
        Strategy strategy = replay ?? plan.Strategy.Make(plan.Seed, bound);
        programs++;
        ExplorationResult result = Explorer.Explore(
            program,
            strategy,
            new ExplorationOptions
            {
                // A replay ends by itself after one.
                MostSchedules = replay is null ? plan.MostSchedules : 2,
                StepLimit = stepLimit,
                CheckDeterminism = plan.CheckDeterminism,
                Watches = [.. watches, sources, sources.Choices, .. digests is null ? (IEnumerable<RunWatch>)[] : [digests]],
            },
            cancellation);
        if (replay?.MisfitStep is int misfit)
        {
            throw new FormatException(string.Create(
                CultureInfo.InvariantCulture, $"does not fit: at step {misfit + 1} it names a task that cannot go on there; it belongs to another collective, scenario or fault"));
        }

        Add(result, cancellation);
        if (strategy is Pct pct)
        {
            guarantees.Add(new PctGuarantee(new ThreadMap(program).Count, pct.StepBound, pct.Depth, result.Schedules, result.LongestRun, IsBounded: program is CollectiveProgram && !program.SpuriousTimeouts));
        }

        if (result.First is { } first)
        {
            Keep(first, program, fault, data, stepLimit);
        }
        else if (plan.Replay is not null && result.Schedules > 0)
        {
            replayed ??= SequenceDiagram.Of(Explorer.Replay(program, plan.Replay, stepLimit).Run);
        }

        return result.Schedules;
    }

    private void Add(ExplorationResult result, CancellationToken cancellation)
    {
        schedules += result.Schedules;
        blocked += result.Blocked;
        steps += result.Steps;
        longest = Math.Max(longest, result.LongestRun);
        exhausted &= result.Exhausted;
        interrupted |= result.Limit is not null && cancellation.IsCancellationRequested;
        limit ??= result.Limit is not null
            ? interrupted ? "interrupted" : result.Limit
            : result.First is not null ? "the first finding" : plan.Strategy.Budget;
    }

    private void Keep(FoundSchedule first, ExploredProgram program, LinkFault? fault, CollectiveDataKind data, int stepLimit)
    {
        FoundSchedule shrunk = plan.Replay is null && first.Finding.Kind != FindingKind.Nondeterminism
            ? ScheduleShrinker.Shrink(program, first, stepLimit: stepLimit)
            : first;
        Execution run = Explorer.Replay(program, shrunk.Schedule, stepLimit).Run;
        finding = new ExplorationFinding(shrunk, fault, data, first.Schedule.Threads.Count, SequenceDiagram.Of(run));
    }

    private ExplorationSummary SumUp() => new(
        plan,
        programs,
        schedules,
        traces,
        overflowed,
        blocked,
        steps,
        longest,
        exhausted && !HasEnded && plan.Replay is null,
        interrupted,
        plan.Replay is null ? limit : "one schedule",
        guarantees.OrderBy(one => one.Holds).ThenByDescending(one => one.Missed).FirstOrDefault(),
        sources.All,
        finding,
        replayed);
}

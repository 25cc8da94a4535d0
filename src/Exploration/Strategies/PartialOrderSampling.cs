namespace Spanker.Conformance.Exploration;

/// <summary>Partial-order sampling: each announced operation has a random priority, and those that conflict with the one done get a new one.</summary>
/// <remarks>
/// Yuan, Yang and Gu, "Partial order aware concurrency sampling", CAV 2018 (algorithm POS). Operations that commute keep their priorities, so
/// that the sample is of partial orders rather than of interleavings.
/// </remarks>
/// <param name="seed">Schedule r is made from (seed, r) alone.</param>
public sealed class PartialOrderSampling(ulong seed) : Strategy
{
    private readonly ulong[] priorities = new ulong[ExploredProgram.MostThreads];
    private ScheduleRandom random;
    private long runs;

    /// <inheritdoc/>
    public override string Name => "pos";

    /// <inheritdoc/>
    public override bool Begin()
    {
        random = new ScheduleRandom(seed, runs++);
        Array.Clear(priorities);
        return true;
    }

    /// <inheritdoc/>
    public override int Choose(Execution run, ThreadSet enabled)
    {
        int best = -1;
        for (ThreadSet left = enabled; !left.IsEmpty; left = left.WithoutFirst())
        {
            int thread = left.First;
            if (priorities[thread] == 0)
            {
                priorities[thread] = random.Next() | 1;
            }

            best = best < 0 || priorities[thread] > priorities[best] ? thread : best;
        }

        return best;
    }

    /// <inheritdoc/>
    protected internal override void Stepping(Execution run, int thread, in Footprint footprint, bool afterAll)
    {
        ArgumentNullException.ThrowIfNull(run);
        priorities[thread] = 0;
        for (ThreadSet left = run.Announced.Without(thread); !left.IsEmpty; left = left.WithoutFirst())
        {
            Footprint other = default;
            run.Touch(left.First, ref other);
            if (footprint.ConflictsWith(other))
            {
                priorities[left.First] = 0;
            }
        }
    }
}

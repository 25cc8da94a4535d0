namespace Spanker.Conformance.Exploration;

/// <summary>Probabilistic concurrency testing: random priorities, lowered at d - 1 random steps.</summary>
/// <remarks>
/// Burckhardt, Kothari, Musuvathi and Nagarakatte, "A randomized scheduler with probabilistic guarantees of finding bugs", ASPLOS 2010: with n threads, at
/// most k steps and a bug of depth d, one run finds it with probability at least 1 / (n k^(d-1)). n counts timers and what the environment does; k must
/// bound every schedule's steps. It differs from the paper in this: priorities are a shuffle of the threads, change points are drawn from 1..k
/// with repetition refused, and a schedule longer than k is reported (<see cref="LongestRun"/>), since the guarantee then does not hold.
/// </remarks>
public sealed class Pct : Strategy
{
    private readonly ulong seed;
    private readonly int[] changes;
    private readonly int[] priorities = new int[ExploredProgram.MostThreads];
    private ScheduleRandom random;
    private long runs;

    /// <summary>A sampler of bugs of a depth.</summary>
    /// <param name="seed">Schedule r is made from (seed, r) alone.</param>
    /// <param name="depth">d: the bugs that are aimed at need d ordering constraints.</param>
    /// <param name="steps">k: no schedule has more steps.</param>
    public Pct(ulong seed, int depth, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, depth);
        this.seed = seed;
        Depth = depth;
        StepBound = steps;
        changes = new int[depth - 1];
    }

    /// <inheritdoc/>
    public override string Name => "pct";

    /// <summary>d.</summary>
    public int Depth { get; }

    /// <summary>k.</summary>
    public int StepBound { get; }

    /// <summary>The most steps that a run had.</summary>
    public int LongestRun { get; private set; }

    /// <inheritdoc/>
    public override bool Begin()
    {
        random = new ScheduleRandom(seed, runs++);
        return true;
    }

    /// <inheritdoc/>
    public override int Choose(Execution run, ThreadSet enabled)
    {
        ArgumentNullException.ThrowIfNull(run);
        int best = Highest(enabled);
        int change = Array.IndexOf(changes, run.Steps + 1);
        if (change >= 0)
        {
            // Below all first priorities, and the later the change the lower: d - change, as the paper has it.
            priorities[best] = changes.Length - change;
            best = Highest(enabled);
        }

        return best;
    }

    /// <inheritdoc/>
    protected internal override void Started(Execution run)
    {
        ArgumentNullException.ThrowIfNull(run);
        int threads = run.Threads.Count;
        for (int i = 0; i < threads; i++)
        {
            int j = random.Below(i + 1);
            priorities[i] = priorities[j];
            priorities[j] = Depth + i;
        }

        for (int i = 0; i < changes.Length; i++)
        {
            do
            {
                changes[i] = random.Below(StepBound) + 1;
            }
            while (changes.AsSpan(0, i).Contains(changes[i]));
        }

        Array.Sort(changes);
    }

    /// <inheritdoc/>
    protected internal override void Ended(Execution run, RunEnd end)
    {
        ArgumentNullException.ThrowIfNull(run);
        LongestRun = Math.Max(LongestRun, run.Steps);
    }

    private int Highest(ThreadSet enabled)
    {
        int best = enabled.First;
        for (ThreadSet left = enabled.WithoutFirst(); !left.IsEmpty; left = left.WithoutFirst())
        {
            best = priorities[left.First] > priorities[best] ? left.First : best;
        }

        return best;
    }
}

namespace Spanker.Conformance.Exploration;

/// <summary>At each step one of the enabled threads, each as likely as the others.</summary>
/// <remarks>Long schedules are not sampled evenly: a thread with few steps is done early in most of them. That is what the other samplers mend.</remarks>
/// <param name="seed">Schedule r is made from (seed, r) alone.</param>
public sealed class RandomWalk(ulong seed) : Strategy
{
    private ScheduleRandom random;
    private long runs;

    /// <inheritdoc/>
    public override string Name => "random";

    /// <inheritdoc/>
    public override bool Begin()
    {
        random = new ScheduleRandom(seed, runs++);
        return true;
    }

    /// <inheritdoc/>
    public override int Choose(Execution run, ThreadSet enabled) =>
        enabled.Count == 1 ? enabled.First : enabled.Nth(random.Below(enabled.Count));
}

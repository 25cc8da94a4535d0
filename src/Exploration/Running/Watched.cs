namespace Spanker.Conformance.Exploration;

/// <summary>A strategy with onlookers.</summary>
internal sealed class Watched(Strategy inner, IReadOnlyList<RunWatch> watches) : Strategy
{
    private ThreadSet enabledNow;

    /// <inheritdoc/>
    public override string Name => inner.Name;

    /// <inheritdoc/>
    public override bool Exhausts => inner.Exhausts;

    /// <inheritdoc/>
    public override bool Begin() => inner.Begin();

    /// <inheritdoc/>
    public override int Choose(Execution run, ThreadSet enabled)
    {
        enabledNow = enabled;
        return inner.Choose(run, enabled);
    }

    /// <inheritdoc/>
    protected internal override void Started(Execution run)
    {
        inner.Started(run);
        foreach (RunWatch watch in watches)
        {
            watch.Started(run);
        }
    }

    /// <inheritdoc/>
    protected internal override void Stepping(Execution run, int thread, in Footprint footprint, bool afterAll)
    {
        inner.Stepping(run, thread, footprint, afterAll);
        foreach (RunWatch watch in watches)
        {
            watch.Stepping(run, enabledNow, thread, footprint, afterAll);
        }
    }

    /// <inheritdoc/>
    protected internal override void Armed(Execution run, int timer, int task)
    {
        inner.Armed(run, timer, task);
        foreach (RunWatch watch in watches)
        {
            watch.Armed(run, timer, task);
        }
    }

    /// <inheritdoc/>
    protected internal override void Withdrawn(Execution run, int timer) => inner.Withdrawn(run, timer);

    /// <inheritdoc/>
    protected internal override void Ended(Execution run, RunEnd end)
    {
        inner.Ended(run, end);
        foreach (RunWatch watch in watches)
        {
            watch.Ended(run, end);
        }
    }
}

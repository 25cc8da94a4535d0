namespace Spanker.Conformance.Exploration;

/// <summary>Counts the Mazurkiewicz traces among the runs: two schedules with the same operations in the same partial order are one.</summary>
/// <remarks>The digest of a trace is the sum, over its events, of a mix of the event, its outcome and its clock: 64 bits, blind to the order in which commuting events came.</remarks>
public sealed class TraceDigests : RunWatch
{
    private readonly HashSet<ulong> seen = [];
    private readonly long most;
    private ClockTable? clocks;

    /// <summary>Counts up to <paramref name="most"/> traces; memory is bounded by that.</summary>
    public TraceDigests(long most = 10_000_000)
    {
        this.most = most;
    }

    /// <summary>Number of distinct traces that ended, none of them pruned.</summary>
    public long Count => seen.Count;

    /// <summary>True if there were more than can be counted.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>The digests.</summary>
    public IReadOnlyCollection<ulong> Digests => seen;

    /// <inheritdoc/>
    protected internal override void Started(Execution run)
    {
        ArgumentNullException.ThrowIfNull(run);
        clocks ??= new ClockTable(run.Threads.Count, run.KeyCount, synchronisingOnly: false);
        clocks.Reset();
    }

    /// <inheritdoc/>
    protected internal override void Stepping(Execution run, ThreadSet enabled, int thread, in Footprint footprint, bool afterAll) =>
        clocks!.Add(thread, footprint, afterAll);

    /// <inheritdoc/>
    protected internal override void Armed(Execution run, int timer, int task) => clocks!.Inherit(timer, task);

    /// <inheritdoc/>
    protected internal override void Ended(Execution run, RunEnd end)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (end == RunEnd.Pruned)
        {
            return;
        }

        ulong digest = 0;
        for (int step = 0; step < clocks!.Count; step++)
        {
            StepRecord record = run.Log[step];
            ulong mixed = Mix(0, (ulong)record.Thread);
            mixed = Mix(mixed, (ulong)record.Operation.Kind);
            mixed = Mix(mixed, (ulong)record.Operation.Target.Index);
            mixed = Mix(mixed, unchecked((uint)record.Operation.Argument));
            mixed = Mix(mixed, unchecked((uint)record.Outcome));
            foreach (int known in clocks.RowOf(step))
            {
                mixed = Mix(mixed, (ulong)known);
            }

            digest = unchecked(digest + mixed);
        }

        if (seen.Count < most)
        {
            seen.Add(digest);
        }
        else
        {
            Overflowed |= !seen.Contains(digest);
        }
    }

    /// <summary>A step of a hash: multiply by an odd constant, fold the high bits down.</summary>
    private static ulong Mix(ulong hash, ulong value)
    {
        unchecked
        {
            hash = (hash ^ value ^ 0x2545F4914F6CDD1D) * 0x9FB21C651E98DF25;
            return hash ^ (hash >> 32);
        }
    }
}

namespace Spanker.Conformance.Exploration;

/// <summary>Counts the steps at which there really was a choice: another enabled thread's operation conflicted with the one done.</summary>
/// <remarks>A program whose schedules are all one trace reaches none, however many interleavings it has: what was explored then is nothing.</remarks>
public sealed class ReachedChoices : RunWatch
{
    private readonly SortedDictionary<string, long> counts = new(StringComparer.Ordinal);

    /// <summary>How often there was a choice, by what it was about.</summary>
    public IReadOnlyDictionary<string, long> Counts => counts;

    /// <inheritdoc/>
    protected internal override void Started(Execution run)
    {
    }

    /// <inheritdoc/>
    protected internal override void Stepping(Execution run, ThreadSet enabled, int thread, in Footprint footprint, bool afterAll)
    {
        ArgumentNullException.ThrowIfNull(run);
        Operation mine = run.PendingOf(thread);
        if (run.Threads.IsTimer(thread))
        {
            Count("timeout");
            return;
        }

        if (!run.Threads.IsTask(thread))
        {
            Count(mine.Target.ChoiceOf(mine));
            return;
        }

        for (ThreadSet left = enabled.Without(thread); !left.IsEmpty; left = left.WithoutFirst())
        {
            Footprint other = default;
            run.Touch(left.First, ref other);
            if (footprint.ConflictsWith(other))
            {
                Count(mine.Target.ChoiceBetween(mine, run.PendingOf(left.First)));
                return;
            }
        }
    }

    /// <inheritdoc/>
    protected internal override void Ended(Execution run, RunEnd end)
    {
    }

    private void Count(string choice) => counts[choice] = counts.GetValueOrDefault(choice) + 1;
}

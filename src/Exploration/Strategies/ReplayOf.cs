namespace Spanker.Conformance.Exploration;

/// <summary>Follows a schedule, once; beyond its end the last thread goes on, or the lowest that can.</summary>
/// <param name="schedule">The threads, step by step.</param>
public sealed class ReplayOf(Schedule schedule) : Strategy
{
    private bool done;

    /// <inheritdoc/>
    public override string Name => "replay";

    /// <summary>Steps that were not in the schedule; the program went on beyond it.</summary>
    public int StepsBeyond { get; private set; }

    /// <summary>The step, from 0, at which the schedule names a thread that cannot go on; null if it fits.</summary>
    public int? MisfitStep { get; private set; }

    /// <inheritdoc/>
    public override bool Begin()
    {
        bool first = !done;
        done = true;
        StepsBeyond = 0;
        MisfitStep = null;
        return first;
    }

    /// <inheritdoc/>
    public override int Choose(Execution run, ThreadSet enabled)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Steps < schedule.Threads.Count)
        {
            int thread = schedule.Threads[run.Steps];
            MisfitStep ??= enabled.Has(thread) ? null : run.Steps;
            return thread;
        }

        StepsBeyond++;
        int last = run.Steps == 0 ? -1 : run.Log[^1].Thread;
        return last >= 0 && enabled.Has(last) ? last : enabled.First;
    }
}

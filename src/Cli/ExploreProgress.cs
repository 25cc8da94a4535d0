using Spanker.Conformance.Exploration;

namespace Spanker.Conformance.Cli;

/// <summary>Shows on a terminal how many schedules were run.</summary>
internal sealed class ExploreProgress(ProgressLine line) : RunWatch
{
    // The clock is looked at once in so many runs.
    private const long Stride = 256;
    private long runs;

    /// <inheritdoc/>
    protected override void Started(Execution run)
    {
    }

    /// <inheritdoc/>
    protected override void Stepping(Execution run, ThreadSet enabled, int thread, in Footprint footprint, bool afterAll)
    {
    }

    /// <inheritdoc/>
    protected override void Ended(Execution run, RunEnd end)
    {
        if (++runs % Stride == 0)
        {
            line.Show(FormattableString.Invariant($"{runs} schedules"));
        }
    }
}

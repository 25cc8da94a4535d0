namespace Spanker.Conformance.Exploration;

/// <summary>Looks on while a program runs; it has no say.</summary>
public abstract class RunWatch
{
    /// <summary>The run was reset.</summary>
    protected internal abstract void Started(Execution run);

    /// <summary>A thread was chosen among the enabled ones and is about to take a step.</summary>
    protected internal abstract void Stepping(Execution run, ThreadSet enabled, int thread, in Footprint footprint, bool afterAll);

    /// <summary>A task waits with a limit from now on.</summary>
    protected internal virtual void Armed(Execution run, int timer, int task)
    {
    }

    /// <summary>The run has ended.</summary>
    protected internal abstract void Ended(Execution run, RunEnd end);
}

namespace Spanker.Conformance.Exploration;

/// <summary>Decides which thread takes the next step, run after run.</summary>
public abstract class Strategy
{
    /// <summary>Its name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>True if, once <see cref="Begin"/> says no, every behaviour has been seen (within what the strategy promises).</summary>
    public virtual bool Exhausts => false;

    /// <summary>Begins the next run; false if nothing is left to try.</summary>
    public abstract bool Begin();

    /// <summary>One of the enabled threads, or -1 to give the run up.</summary>
    public abstract int Choose(Execution run, ThreadSet enabled);

    /// <summary>The run was reset; its tasks have not begun.</summary>
    protected internal virtual void Started(Execution run)
    {
    }

    /// <summary>A thread is about to take a step.</summary>
    protected internal virtual void Stepping(Execution run, int thread, in Footprint footprint, bool afterAll)
    {
    }

    /// <summary>A task waits with a limit from now on.</summary>
    protected internal virtual void Armed(Execution run, int timer, int task)
    {
    }

    /// <summary>A timer's task went on before the limit.</summary>
    protected internal virtual void Withdrawn(Execution run, int timer)
    {
    }

    /// <summary>The run has ended.</summary>
    protected internal virtual void Ended(Execution run, RunEnd end)
    {
    }
}

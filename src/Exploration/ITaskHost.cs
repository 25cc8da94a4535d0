namespace Spanker.Conformance.Exploration;

/// <summary>The seam between a program of several tasks and whatever runs it: real tasks or the explorer. All that tasks do to each other goes through it.</summary>
public interface ITaskHost
{
    /// <summary>Waits until the operation is permitted, then does it at one stroke.</summary>
    /// <param name="operation">What to do.</param>
    /// <param name="limited">True if the wait ends with <see cref="StepOutcome.TimedOut"/> once the host's limit has passed.</param>
    /// <returns>The object's outcome.</returns>
    ValueTask<int> PerformAsync(Operation operation, bool limited = false);

    /// <summary>Notes that the running task reads or writes elements of a buffer, before its next operation. Real tasks have nothing to do here.</summary>
    /// <param name="buffer">The buffer, by its number in the program.</param>
    /// <param name="first">First element.</param>
    /// <param name="count">Number of elements.</param>
    /// <param name="writes">True if they are written.</param>
    void Access(int buffer, int first, int count, bool writes);
}

using System.Threading.Tasks.Sources;

namespace Spanker.Conformance.Exploration;

/// <summary>A task of the program under the explorer: where it stands, and how it is resumed. An operation that it awaits costs no allocation.</summary>
internal sealed class TaskSlot : IValueTaskSource<int>
{
    private Action<object?>? continuation;
    private object? state;
    private int outcome;
    private short version;

    /// <summary>The operation that it waits to do; meaningless unless <see cref="Waits"/>.</summary>
    internal Operation Pending { get; private set; }

    /// <summary>True if it waits with a limit.</summary>
    internal bool Limited { get; private set; }

    /// <summary>True if it has stopped before an operation.</summary>
    internal bool Waits { get; private set; }

    /// <summary>True if the operation that it announced is really awaited.</summary>
    internal bool Awaited => continuation is not null;

    /// <summary>The whole task.</summary>
    internal ValueTask Body { get; set; }

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => Waits ? ValueTaskSourceStatus.Pending : ValueTaskSourceStatus.Succeeded;

    /// <inheritdoc/>
    public int GetResult(short token) => token == version ? outcome : throw new InvalidOperationException("an operation was awaited twice");

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        this.continuation = continuation;
        this.state = state;
    }

    internal void Reset()
    {
        continuation = null;
        state = null;
        Waits = false;
        Body = default;
    }

    internal ValueTask<int> Stop(in Operation operation, bool limited)
    {
        if (Waits)
        {
            throw new InvalidOperationException($"a task began '{operation}' while it waited for '{Pending}'; a task does one operation at a time");
        }

        version = unchecked((short)(version + 1));
        Pending = operation;
        Limited = limited;
        Waits = true;
        return new ValueTask<int>(this, version);
    }

    internal void Resume(int outcome)
    {
        Action<object?> next = continuation!;
        object? with = state;
        this.outcome = outcome;
        continuation = null;
        state = null;
        Waits = false;
        next(with);
    }
}

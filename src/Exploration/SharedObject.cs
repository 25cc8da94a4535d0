namespace Spanker.Conformance.Exploration;

/// <summary>Something that several tasks touch: a link, a lock, a signal. Its code runs unchanged under real tasks and under the explorer.</summary>
/// <remarks>
/// An operation waits until <see cref="Permits"/>; then <see cref="Perform"/> does it at one stroke. Whoever runs the tasks sees to it that no two
/// operations on one object overlap: <see cref="ITaskHost"/>. An object keeps no clock and no randomness.
/// </remarks>
public abstract class SharedObject
{
    /// <summary>Facets that an object can tell apart in <see cref="Touch"/>: 0 to 31.</summary>
    public const int FacetCount = 32;

    /// <summary>What findings call it.</summary>
    public abstract string Name { get; }

    /// <summary>Place of the object in its program; set by <see cref="ExploredProgram"/>.</summary>
    public int Index { get; internal set; } = -1;

    /// <summary>Objects whose operations may be permitted by what is done here.</summary>
    public virtual IReadOnlyList<SharedObject> Wakes => [];

    /// <summary>For the host of real tasks: those that wait for this object.</summary>
    public object? Waiting { get; set; }

    /// <summary>As it was before the first operation.</summary>
    public abstract void Reset();

    /// <summary>Whether the operation can be done now. It changes nothing.</summary>
    public abstract bool Permits(in Operation operation);

    /// <summary>Does a permitted operation; the outcome is the object's to define, and never <see cref="StepOutcome.TimedOut"/>.</summary>
    public abstract int Perform(in Operation operation);

    /// <summary>Says what the operation touches, as the object stands before it: what may not be swapped with it, and what it waited for.</summary>
    public abstract void Touch(in Operation operation, ref Footprint footprint);

    /// <summary>True if the operation waits for a signal that was given when nobody waited, so that the deadlock is a lost wake-up.</summary>
    public virtual bool MissedSignal(in Operation operation) => false;

    /// <summary>What a choice about this operation is called in reports: the kind of object that is contended for.</summary>
    public virtual string ChoiceOf(in Operation operation) => Words(operation.Kind);

    /// <summary>What a choice between this operation and another, enabled one that it conflicts with is called in reports.</summary>
    public virtual string ChoiceBetween(in Operation operation, in Operation other) => ChoiceOf(operation);

    /// <summary>The operation in words.</summary>
    public virtual string Describe(in Operation operation) => $"{Words(operation.Kind)} {Name}";

    /// <summary>A kind in words.</summary>
    protected static string Words(OperationKind kind) => kind switch
    {
        OperationKind.Send => "send",
        OperationKind.Receive => "receive",
        OperationKind.ReceiveAny => "receive any",
        OperationKind.TakeCredit => "take credit",
        OperationKind.ReturnCredit => "return credit",
        OperationKind.Lock => "lock",
        OperationKind.Unlock => "unlock",
        OperationKind.Read => "read",
        OperationKind.Write => "write",
        OperationKind.Wait => "wait",
        OperationKind.Signal => "signal",
        OperationKind.Poll => "poll",
        OperationKind.Timer => "timeout",
        OperationKind.Fault => "fault",
        _ => "arrive",
    };
}

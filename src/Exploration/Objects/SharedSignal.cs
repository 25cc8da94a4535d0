namespace Spanker.Conformance.Exploration;

/// <summary>A signal: one task gives it, others wait for it. It stays given, or is a pulse that only those who already wait get.</summary>
/// <param name="name">What findings call it.</param>
/// <param name="stays">True: who waits later goes on at once. False: a pulse, which is how wake-ups get lost.</param>
public sealed class SharedSignal(string name, bool stays = true) : SharedObject
{
    private int given;
    private ulong waiting;
    private ulong released;
    private ulong missed;

    /// <inheritdoc/>
    public override string Name => name;

    /// <summary>True once it was given.</summary>
    public bool IsGiven => given > 0;

    /// <summary>Gives it.</summary>
    public ValueTask<int> GiveAsync(ITaskHost host) => host.PerformAsync(new Operation(this, OperationKind.Signal));

    /// <summary>Says that waiter <paramref name="waiter"/> (0 to 63) waits from now on. Only a pulse needs it.</summary>
    public ValueTask<int> EnlistAsync(ITaskHost host, int waiter) => host.PerformAsync(new Operation(this, OperationKind.Write, waiter));

    /// <summary>Waits for it.</summary>
    public ValueTask<int> AwaitAsync(ITaskHost host, int waiter = 0, bool limited = false) =>
        host.PerformAsync(new Operation(this, OperationKind.Wait, waiter), limited);

    /// <summary>Looks whether it was given: 1 or 0.</summary>
    public ValueTask<int> PollAsync(ITaskHost host) => host.PerformAsync(new Operation(this, OperationKind.Poll));

    /// <inheritdoc/>
    public override void Reset()
    {
        given = 0;
        waiting = 0;
        released = 0;
        missed = 0;
    }

    /// <inheritdoc/>
    public override bool Permits(in Operation operation) =>
        operation.Kind != OperationKind.Wait || (stays ? given > 0 : (released >> operation.Argument & 1) == 1);

    /// <inheritdoc/>
    public override int Perform(in Operation operation)
    {
        switch (operation.Kind)
        {
            case OperationKind.Signal:
                given++;
                released |= waiting;
                missed |= ~waiting;
                waiting = 0;
                return 0;
            case OperationKind.Write:
                waiting |= 1UL << operation.Argument;
                return 0;
            case OperationKind.Wait:
                released &= ~(1UL << operation.Argument);
                return 1;
            default:
                return given > 0 ? 1 : 0;
        }
    }

    /// <inheritdoc/>
    public override void Touch(in Operation operation, ref Footprint footprint)
    {
        if (operation.Kind is OperationKind.Signal or OperationKind.Write)
        {
            footprint.Writes(this, 0);
        }
        else
        {
            footprint.Reads(this, 0);
        }
    }

    /// <inheritdoc/>
    public override bool MissedSignal(in Operation operation) => !stays && given > 0 && (missed >> operation.Argument & 1) == 1;

    /// <inheritdoc/>
    public override string ChoiceOf(in Operation operation) => "signal";
}

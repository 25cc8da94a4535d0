namespace Spanker.Conformance.Exploration;

/// <summary>A lock that one task holds at a time. Taking it conflicts with taking it; giving it back hands a token on.</summary>
/// <param name="name">What findings call it.</param>
public sealed class SharedLock(string name) : SharedObject
{
    private bool held;
    private int given;

    /// <inheritdoc/>
    public override string Name => name;

    /// <summary>Waits for the lock.</summary>
    public ValueTask<int> TakeAsync(ITaskHost host, bool limited = false) => host.PerformAsync(new Operation(this, OperationKind.Lock), limited);

    /// <summary>Gives it back.</summary>
    public ValueTask<int> GiveAsync(ITaskHost host) => host.PerformAsync(new Operation(this, OperationKind.Unlock));

    /// <inheritdoc/>
    public override void Reset()
    {
        held = false;
        given = 0;
    }

    /// <inheritdoc/>
    public override bool Permits(in Operation operation) => operation.Kind == OperationKind.Unlock || !held;

    /// <inheritdoc/>
    public override int Perform(in Operation operation)
    {
        if (operation.Kind == OperationKind.Unlock)
        {
            held = held ? false : throw new InvalidOperationException($"{name} was given back and nobody held it");
            given++;
            return 0;
        }

        held = true;
        return 0;
    }

    /// <inheritdoc/>
    public override void Touch(in Operation operation, ref Footprint footprint)
    {
        if (operation.Kind == OperationKind.Unlock)
        {
            footprint.Produces(this, 1);
            return;
        }

        footprint.Writes(this, 0, synchronises: false);
        footprint.Consumes(this, 1, given - 1);
    }

    /// <inheritdoc/>
    public override string ChoiceOf(in Operation operation) => "lock";
}

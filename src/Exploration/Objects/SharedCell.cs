namespace Spanker.Conformance.Exploration;

/// <summary>A number that tasks read and write at one stroke each, as a register or a volatile field. A write conflicts with both.</summary>
/// <param name="name">What findings call it.</param>
/// <param name="initial">What it holds at the start.</param>
public sealed class SharedCell(string name, int initial = 0) : SharedObject
{
    private readonly int start = initial;

    /// <inheritdoc/>
    public override string Name => name;

    /// <summary>What it holds.</summary>
    public int Value { get; private set; }

    /// <summary>Reads it.</summary>
    public ValueTask<int> ReadAsync(ITaskHost host) => host.PerformAsync(new Operation(this, OperationKind.Read));

    /// <summary>Writes it.</summary>
    public ValueTask<int> WriteAsync(ITaskHost host, int value) => host.PerformAsync(new Operation(this, OperationKind.Write, value));

    /// <summary>Waits until it holds <paramref name="value"/>.</summary>
    public ValueTask<int> AwaitAsync(ITaskHost host, int value, bool limited = false) =>
        host.PerformAsync(new Operation(this, OperationKind.Wait, value), limited);

    /// <inheritdoc/>
    public override void Reset() => Value = start;

    /// <inheritdoc/>
    public override bool Permits(in Operation operation) => operation.Kind != OperationKind.Wait || Value == operation.Argument;

    /// <inheritdoc/>
    public override int Perform(in Operation operation)
    {
        if (operation.Kind == OperationKind.Write)
        {
            Value = operation.Argument;
        }

        return Value;
    }

    /// <inheritdoc/>
    public override void Touch(in Operation operation, ref Footprint footprint)
    {
        if (operation.Kind == OperationKind.Write)
        {
            footprint.Writes(this, 0);
        }
        else
        {
            footprint.Reads(this, 0);
        }
    }

    /// <inheritdoc/>
    public override string ChoiceOf(in Operation operation) => "shared value";
}

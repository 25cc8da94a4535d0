namespace Spanker.Conformance.Axi4;

/// <summary>A slave some of whose own pins go wrong. Both ends see the wrong ones; the slave's own state knows nothing of it.</summary>
public sealed class AxiFaultySlave : IAxiSlave
{
    private readonly IAxiSlave inner;
    private readonly PinFaults faults;
    private AxiCycle clean;

    /// <summary><paramref name="inner"/> behind wires with faults.</summary>
    public AxiFaultySlave(IAxiSlave inner, IReadOnlyList<AxiPinFault> faults)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(faults);
        this.inner = inner;
        this.faults = new(faults);
    }

    /// <inheritdoc/>
    public void Evaluate(ref AxiCycle pins)
    {
        clean.Reset = pins.Reset;
        clean.Aw = pins.Aw;
        clean.W = pins.W;
        clean.Ar = pins.Ar;
        clean.B.Ready = pins.B.Ready;
        clean.R.Ready = pins.R.Ready;
        inner.Evaluate(ref clean);
        pins = clean;
        faults.Apply(ref pins);
    }

    /// <inheritdoc/>
    public void Clock(in AxiCycle pins) => inner.Clock(pins);
}

namespace Spanker.Conformance.Axi4;

/// <summary>A master and a slave on one interface, and the clock. Every step is a cycle as <see cref="IAxiSlave"/> describes it.</summary>
public sealed class AxiBus
{
    private readonly AxiMaster master;
    private readonly IAxiSlave slave;
    private readonly IAxiProbe[] probes;
    private readonly PinFaults? faults;
    private AxiCycle pins;
    private AxiCycle wires;

    /// <summary>Connects them.</summary>
    /// <param name="master">Drives the requests.</param>
    /// <param name="slave">Answers them.</param>
    /// <param name="probes">Look at every cycle.</param>
    /// <param name="pinFaults">What goes wrong on the wires between them.</param>
    public AxiBus(AxiMaster master, IAxiSlave slave, IReadOnlyList<IAxiProbe> probes, IReadOnlyList<AxiPinFault>? pinFaults = null)
    {
        ArgumentNullException.ThrowIfNull(master);
        ArgumentNullException.ThrowIfNull(slave);
        ArgumentNullException.ThrowIfNull(probes);
        this.master = master;
        this.slave = slave;
        this.probes = [.. probes];
        faults = pinFaults is { Count: > 0 } ? new(pinFaults) : null;
    }

    /// <summary>Cycles so far.</summary>
    public long Cycles { get; private set; }

    /// <summary>Holds reset for some cycles; every request on its way ends.</summary>
    public void Reset(int cycles)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cycles, 1);
        pins.Reset = AxiBit.High;
        for (int i = 0; i < cycles; i++)
        {
            Step();
        }

        pins.Reset = AxiBit.Low;
    }

    /// <summary>One cycle.</summary>
    public void Step()
    {
        Cycles++;
        master.Drive(ref pins);
        slave.Evaluate(ref pins);
        if (faults is null)
        {
            Sample(pins);
            return;
        }

        // A fault is on the wire: both ends see it, and neither end's pins are changed.
        wires = pins;
        faults.Apply(ref wires);
        Sample(wires);
    }

    private void Sample(in AxiCycle sampled)
    {
        foreach (IAxiProbe probe in probes)
        {
            probe.Push(sampled);
        }

        master.Clock(sampled);
        slave.Clock(sampled);
    }
}

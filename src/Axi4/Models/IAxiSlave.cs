namespace Spanker.Conformance.Axi4;

/// <summary>The slave's end of an interface, at its pins: a model, or hardware that was compiled into one.</summary>
/// <remarks>
/// A cycle is: the master's pins are applied, the slave evaluates with the clock low, all pins are sampled, then comes the rising edge. So what a slave
/// derives from the master's pins without a register is seen in the same cycle, and what it registers is seen in the next one.
/// </remarks>
public interface IAxiSlave
{
    /// <summary>Sets the slave's pins (AWREADY, WREADY, ARREADY and those of B and R) for the master's pins of this cycle. Called once a cycle; a right slave changes no state in it.</summary>
    void Evaluate(ref AxiCycle pins);

    /// <summary>The rising edge, with the pins as they were sampled.</summary>
    void Clock(in AxiCycle pins);
}

namespace Spanker.Conformance.Axi4;

/// <summary>Looks at an interface, cycle by cycle: the checker, a meter, a writer of dumps.</summary>
public interface IAxiProbe
{
    /// <summary>The pins as they were sampled at the next rising edge of the clock. They are read and not kept.</summary>
    void Push(in AxiCycle pins);

    /// <summary>Cycles are missing here.</summary>
    void Gap();
}

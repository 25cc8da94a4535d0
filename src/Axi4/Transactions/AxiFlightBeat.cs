namespace Spanker.Conformance.Axi4;

#pragma warning disable CA1051 // Filled in place, one a transfer: a constructor would build it elsewhere and copy it.

/// <summary>What is kept of one beat while its transaction is on its way.</summary>
internal struct AxiFlightBeat
{
    /// <summary>WSTRB; of a read, 0.</summary>
    public UInt128 Strobe;

    /// <summary>Lanes of a read with x; of a write, 0.</summary>
    public UInt128 UnknownLanes;

    /// <summary>Cycle of its handshake.</summary>
    public long Cycle;

    /// <summary>First cycle of its VALID.</summary>
    public long OfferedCycle;

    /// <summary>RRESP; of a write, OKAY.</summary>
    public AxiResponse Response;

    /// <summary>Whether every byte of the bus has a strobe, and no x.</summary>
    public bool IsWhole;

    /// <summary>Whether LAST was high.</summary>
    public bool IsLast;

    /// <summary>Whether x was in the data or in the strobes.</summary>
    public bool HasUnknown;
}

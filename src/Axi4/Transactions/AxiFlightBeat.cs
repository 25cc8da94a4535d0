namespace Spanker.Conformance.Axi4;

/// <summary>What is kept of one beat while its transaction is on its way.</summary>
/// <param name="Cycle">Cycle of its handshake.</param>
/// <param name="OfferedCycle">First cycle of its VALID.</param>
/// <param name="Strobe">WSTRB; of a read, 0.</param>
/// <param name="Response">RRESP; of a write, OKAY.</param>
/// <param name="IsLast">Whether LAST was high.</param>
/// <param name="HasUnknown">Whether x was in the data or in the strobes.</param>
internal readonly record struct AxiFlightBeat(
    long Cycle, long OfferedCycle, UInt128 Strobe, AxiResponse Response, bool IsLast, bool HasUnknown);

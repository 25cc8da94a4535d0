namespace Spanker.Conformance.Axi4;

/// <summary>One transfer of W or R.</summary>
/// <param name="Data">The bus's words, lowest first; x bits are 0.</param>
/// <param name="Strobe">WSTRB, all lanes of the bus where there is none; of a read, the active lanes.</param>
/// <param name="Response">RRESP; of a write, OKAY.</param>
/// <param name="IsLast">Whether LAST was high.</param>
/// <param name="OfferedCycle">First cycle of its VALID.</param>
/// <param name="Cycle">Cycle of its handshake.</param>
public sealed record AxiBeat(
    IReadOnlyList<ulong> Data, UInt128 Strobe, AxiResponse Response, bool IsLast, long OfferedCycle, long Cycle)
{
    /// <summary>Of a read, the lanes that had x.</summary>
    public UInt128 UnknownLanes { get; init; }
}

namespace Spanker.Conformance.Axi4;

/// <summary>How often each response was taken: once a write, once a beat of a read.</summary>
/// <param name="Okay">OKAY.</param>
/// <param name="ExOkay">EXOKAY.</param>
/// <param name="SlvErr">SLVERR.</param>
/// <param name="DecErr">DECERR.</param>
/// <param name="Unknown">x in the response.</param>
public readonly record struct AxiResponseCounts(long Okay, long ExOkay, long SlvErr, long DecErr, long Unknown);

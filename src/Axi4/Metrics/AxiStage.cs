namespace Spanker.Conformance.Axi4;

/// <summary>
/// The parts of a transaction's time, each a difference of two cycle numbers, so that neighbours cost 1 and the same cycle costs 0. All parts but
/// <see cref="Total"/> add up to it.
/// </summary>
public enum AxiStage
{
    /// <summary>From the first cycle of AxVALID to its handshake.</summary>
    AddressWait,

    /// <summary>From the address handshake to that of the first beat; negative where a write's data came first.</summary>
    AddressToFirstData,

    /// <summary>From the handshake of the first beat to that of the last.</summary>
    FirstToLastData,

    /// <summary>Of a write: from the handshake of the last beat to that of B.</summary>
    LastDataToResponse,

    /// <summary>From the first cycle of AxVALID to the last R or to B.</summary>
    Total,
}

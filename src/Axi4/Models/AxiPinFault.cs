namespace Spanker.Conformance.Axi4;

/// <summary>How a wire goes wrong.</summary>
public enum AxiPinFaultKind
{
    /// <summary>Payload changes in the second clock of a stall.</summary>
    ChangesWhileStalled,

    /// <summary>VALID falls in the second clock of a stall, for that clock.</summary>
    DropsWhileStalled,

    /// <summary>VALID is high all through reset.</summary>
    HighInReset,

    /// <summary>VALID is high in the first clock after reset, and in no clock of reset.</summary>
    HighLeavingReset,

    /// <summary>A payload bit is x in a clock with VALID; VALID or READY is x in a clock in which it is low.</summary>
    Unknown,

    /// <summary>VALID or READY stays low for ever.</summary>
    StuckLow,
}

/// <summary>A wire that goes wrong, whoever drives it.</summary>
/// <param name="Kind">How.</param>
/// <param name="Signal">Which.</param>
/// <param name="From">The first occasion on which it does, from 0; it does so on every later one as well.</param>
public sealed record AxiPinFault(AxiPinFaultKind Kind, AxiSignal Signal, int From = 0);

namespace Spanker.Conformance.Axi4;

/// <summary>How a master takes its time. Chances are of 256 and thrown each clock; the defaults never wait.</summary>
public sealed record AxiMasterOptions
{
    /// <summary>Seed of the throws.</summary>
    public ulong Seed { get; init; }

    /// <summary>Most requests a direction that have begun and not ended.</summary>
    public int MaxOutstanding { get; init; } = 1;

    /// <summary>Chance that AWVALID or ARVALID is held back for a clock.</summary>
    public int AddressStall { get; init; }

    /// <summary>Chance that WVALID is held back for a clock.</summary>
    public int DataStall { get; init; }

    /// <summary>Chance that BREADY or RREADY is low for a clock.</summary>
    public int ResponseStall { get; init; }

    /// <summary>AWVALID of a write rises up to so many clocks after its data begins: W before AW. One throw a write.</summary>
    public int MaxDataLeadCycles { get; init; }

    /// <summary>The data of a write begins up to so many clocks after its AWVALID. One throw a write.</summary>
    public int MaxDataLagCycles { get; init; }

    /// <summary>Whether BREADY and RREADY rise only once their VALID was seen; either is legal.</summary>
    public bool ReadyWaitsForValid { get; init; }

    /// <summary>A fault: WVALID waits for the handshake of AW, which a slave that waits for WVALID never gives (IHI 0022, A3.3.1).</summary>
    public bool DataWaitsForAddress { get; init; }
}

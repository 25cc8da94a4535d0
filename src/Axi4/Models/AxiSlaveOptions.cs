namespace Spanker.Conformance.Axi4;

/// <summary>What a memory slave promises, and how it takes its time. Chances are of 256 and thrown each clock; the defaults never wait.</summary>
public sealed record AxiSlaveOptions
{
    /// <summary>Seed of the throws.</summary>
    public ulong Seed { get; init; }

    /// <summary>What is refused with SLVERR (narrow beats, burst kinds that it does not have); null refuses nothing.</summary>
    public AxiProfile? Profile { get; init; } = AxiProfile.GenerationA;

    /// <summary>Most transactions a direction that were accepted and not answered to the end.</summary>
    public int MaxOutstanding { get; init; } = 1;

    /// <summary>Chance that AWREADY or ARREADY is low for a clock.</summary>
    public int AddressStall { get; init; }

    /// <summary>Chance that WREADY is low for a clock.</summary>
    public int DataStall { get; init; }

    /// <summary>Chance that BVALID or RVALID is held back for a clock.</summary>
    public int ResponseStall { get; init; }

    /// <summary>Clocks between the last handshake of a request and the first with its answer, 1 or more.</summary>
    public int LatencyCycles { get; init; } = 1;

    /// <summary>Up to so many clocks more, one throw a transaction.</summary>
    public int MaxExtraLatencyCycles { get; init; }

    /// <summary>Whether AWREADY, ARREADY and WREADY rise only once their VALID was seen; either is legal.</summary>
    public bool ReadyWaitsForValid { get; init; }

    /// <summary>Whether AWREADY waits for WVALID, which is legal.</summary>
    public bool AddressWaitsForData { get; init; }

    /// <summary>Whether the data of one write is accepted before its address.</summary>
    public bool AcceptsDataAhead { get; init; }

    /// <summary>Whether answers to different ids come in any order.</summary>
    public bool Reorders { get; init; }

    /// <summary>Whether beats of reads of different ids may alternate.</summary>
    public bool Interleaves { get; init; }

    /// <summary>What it does wrong.</summary>
    public AxiSlaveFault Fault { get; init; }
}

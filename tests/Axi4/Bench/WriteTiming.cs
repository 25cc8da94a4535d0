using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Tests.Axi4.Bench;

/// <summary>When the parts of a write happen, in cycles, and what is in it beyond its burst.</summary>
internal sealed record WriteTiming
{
    /// <summary>Clocks that AWVALID waits.</summary>
    public int AddressWait { get; init; }

    /// <summary>First WVALID, counted from the first AWVALID; negative comes before it.</summary>
    public int DataOffset { get; init; } = 1;

    /// <summary>Clocks that each WVALID waits.</summary>
    public int DataWait { get; init; }

    /// <summary>First BVALID after the later of the last W and the AW.</summary>
    public int ResponseDelay { get; init; } = 1;

    /// <summary>Clocks that BVALID waits.</summary>
    public int ResponseWait { get; init; }

    public AxiResponse Response { get; init; }

    /// <summary>BID, if it is not AWID.</summary>
    public ulong? ResponseId { get; init; }

    /// <summary>Beats that are sent, if not all; WLAST is on the last that is.</summary>
    public int? Beats { get; init; }

    /// <summary>Lanes of a beat that have no strobe.</summary>
    public UInt128 Unstrobed { get; init; }

    public bool IsUnanswered { get; init; }
}

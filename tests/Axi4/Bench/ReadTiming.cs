using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Tests.Axi4.Bench;

/// <summary>When the parts of a read happen, in cycles, and what is in it beyond its burst.</summary>
internal sealed record ReadTiming
{
    /// <summary>Clocks that ARVALID waits.</summary>
    public int AddressWait { get; init; }

    /// <summary>First RVALID after the AR.</summary>
    public int DataDelay { get; init; } = 1;

    /// <summary>Clocks that each RVALID waits.</summary>
    public int DataWait { get; init; }

    public AxiResponse Response { get; init; }

    /// <summary>RID, if it is not ARID.</summary>
    public ulong? DataId { get; init; }

    /// <summary>Beats that come, if not ARLEN + 1; RLAST is on the last that does.</summary>
    public int? Beats { get; init; }
}

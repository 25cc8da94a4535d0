namespace Spanker.Conformance.Axi4;

/// <summary>
/// What a master is asked to do. It does it to the letter: a request that breaks a rule (a reserved burst, a beat too few, LAST in the wrong place, strobes
/// beside the lanes) breaks it on the pins.
/// </summary>
public sealed record AxiRequest
{
    /// <summary>Whether it is a read.</summary>
    public required bool IsRead { get; init; }

    /// <summary>Address, beats, size, kind: AxADDR, AxLEN, AxSIZE, AxBURST.</summary>
    public required AxiBurst Burst { get; init; }

    /// <summary>AxID.</summary>
    public ulong Id { get; init; }

    /// <summary>LOCK, CACHE, PROT, QOS, REGION as <see cref="AxiAttributes"/> packs them; the fields of the burst are taken from <see cref="Burst"/>.</summary>
    public ulong Attributes { get; init; }

    /// <summary>WDATA beat after beat, as many words a beat as the bus has, lowest first. As many beats are sent as there are.</summary>
    public ReadOnlyMemory<ulong> Data { get; init; }

    /// <summary>WSTRB of each beat; empty for all active lanes.</summary>
    public ReadOnlyMemory<UInt128> Strobes { get; init; }

    /// <summary>WLAST of each beat; empty for the last one only.</summary>
    public ReadOnlyMemory<bool> Lasts { get; init; }

    /// <summary>Where RDATA goes, as it stands on the bus; empty if nobody wants it. Beats beyond it are dropped.</summary>
    public Memory<ulong> Destination { get; init; }

    /// <summary>Idle clocks before AxVALID, once <see cref="After"/> is met.</summary>
    public int GapCycles { get; init; }

    /// <summary>The ticket of the request that must have ended before this one begins; negative for none.</summary>
    public long After { get; init; } = -1;
}

namespace Spanker.Conformance.Axi4;

/// <summary>What the reads or the writes of an interface amounted to.</summary>
public sealed record AxiDirectionMetrics
{
    /// <summary>Whether it is the reads.</summary>
    public required bool IsRead { get; init; }

    /// <summary>Address handshakes.</summary>
    public required long Started { get; init; }

    /// <summary>Transactions that ended.</summary>
    public required long Finished { get; init; }

    /// <summary>Of those, the ones without latencies: after a gap or an x, which beat belongs to which address is not known until the direction has been quiet.</summary>
    public required long Unmeasured { get; init; }

    /// <summary>Address handshakes that are not answered at the end.</summary>
    public required int UnderWay { get; init; }

    /// <summary>Handshakes of W or R.</summary>
    public required long Beats { get; init; }

    /// <summary>Active bytes of those: strobed lanes of W; of R the lanes that its burst asks for, whatever the response. A beat of R without a known address adds none.</summary>
    public required long Bytes { get; init; }

    /// <summary>Most transactions outstanding at once: addresses accepted up to and with a cycle, less those that B or the last R has ended by then.</summary>
    public required int MaxOutstanding { get; init; }

    /// <summary>The same number, summed over the active cycles.</summary>
    public required long OutstandingCycles { get; init; }

    /// <summary>One of each stage that the direction has, in the order of <see cref="AxiStage"/>.</summary>
    public required IReadOnlyList<AxiLatency> Latencies { get; init; }

    /// <summary>The burst lengths that occurred, ascending.</summary>
    public required IReadOnlyList<AxiBurstCount> BurstBeats { get; init; }

    /// <summary>The responses.</summary>
    public required AxiResponseCounts Responses { get; init; }
}

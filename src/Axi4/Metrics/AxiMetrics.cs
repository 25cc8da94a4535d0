namespace Spanker.Conformance.Axi4;

/// <summary>What a trace amounted to.</summary>
public sealed record AxiMetrics
{
    /// <summary>Cycles pushed.</summary>
    public required long Cycles { get; init; }

    /// <summary>Cycles in which the reset was low; what is not driven reads low. Rates and uses are of these.</summary>
    public required long ActiveCycles { get; init; }

    /// <summary>Places at which cycles are missing.</summary>
    public required long Gaps { get; init; }

    /// <summary>Writes, then reads; only those whose channels are all there.</summary>
    public required IReadOnlyList<AxiDirectionMetrics> Directions { get; init; }

    /// <summary>The channels that are there. Each one's uses add up to <see cref="ActiveCycles"/>.</summary>
    public required IReadOnlyList<AxiChannelUse> Channels { get; init; }

    /// <summary>Cycles of a bucket, a power of two.</summary>
    public required long BucketCycles { get; init; }

    /// <summary>The trace in stretches of <see cref="BucketCycles"/> from cycle 0 on; the last may be shorter.</summary>
    public required IReadOnlyList<AxiTimeBucket> Buckets { get; init; }

    /// <summary>The limit that was hit, with its likely cause; null if none was.</summary>
    public required string? Limit { get; init; }

    /// <summary><paramref name="count"/> a cycle, 0 without an active cycle.</summary>
    public double PerCycle(long count) => ActiveCycles == 0 ? 0 : (double)count / ActiveCycles;
}

namespace Spanker.Conformance.Axi4;

/// <summary>What happened in a stretch of a trace.</summary>
public sealed record AxiTimeBucket
{
    /// <summary>Cycles out of reset.</summary>
    public required long ActiveCycles { get; init; }

    /// <summary>Whether cycles are missing before one of its cycles.</summary>
    public required bool HasGap { get; init; }

    /// <summary>The five channels in the order of <see cref="AxiChannel"/>.</summary>
    public required IReadOnlyList<AxiChannelUse> Channels { get; init; }

    /// <summary>Most writes outstanding.</summary>
    public required int MaxWrites { get; init; }

    /// <summary>Writes outstanding, summed over the active cycles.</summary>
    public required long WriteCycles { get; init; }

    /// <summary>Most reads outstanding.</summary>
    public required int MaxReads { get; init; }

    /// <summary>Reads outstanding, summed over the active cycles.</summary>
    public required long ReadCycles { get; init; }
}

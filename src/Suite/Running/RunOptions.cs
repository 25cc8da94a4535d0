using Spanker.Conformance.Device;

namespace Spanker.Conformance.Suite;

/// <summary>What is judged, and how.</summary>
/// <param name="Plan">From what the cases are made.</param>
/// <param name="Devices">What is judged.</param>
public sealed record RunOptions(CasePlan Plan, IReadOnlyList<IDeviceSource> Devices)
{
    /// <summary>Which clauses are judged; all by default.</summary>
    public ClauseFilter Filter { get; init; } = ClauseFilter.Everything;

    /// <summary>The class to hold devices to instead of what they declare; null for what they declare.</summary>
    public string? ClassName { get; init; }

    /// <summary>Which part of the cases is tried.</summary>
    public Shard Shard { get; init; } = Shard.Whole;

    /// <summary>How many cases are tried at a time.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The time that one call of a device may take; the suite's own work does not count.</summary>
    public TimeSpan TimeoutPerCase { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether failures are made small; without it they are reported as found.</summary>
    public bool Shrinks { get; init; } = true;

    /// <summary>A device that must fail; if it conforms, the run proves nothing. Null picks one from the zoo that the filter can kill.</summary>
    public IDeviceSource? Canary { get; init; }
}

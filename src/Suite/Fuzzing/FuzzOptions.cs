using Spanker.Conformance.Device;

namespace Spanker.Conformance.Suite;

/// <summary>What is searched, and for how long.</summary>
/// <param name="Device">The device.</param>
/// <param name="Seed">From what the cases are made: the same seed, the same cases in the same order.</param>
/// <param name="TimeLimit">How long; replaying the corpus and shrinking count.</param>
public sealed record FuzzOptions(IDeviceSource Device, ulong Seed, TimeSpan TimeLimit)
{
    /// <summary>Which clauses are tried; all by default.</summary>
    public ClauseFilter Filter { get; init; } = ClauseFilter.Everything;

    /// <summary>The class to hold the device to instead of what it declares; null for what it declares.</summary>
    public string? ClassName { get; init; }

    /// <summary>The most random cases; no limit by default.</summary>
    public ulong MostCases { get; init; } = ulong.MaxValue;

    /// <summary>How many cases are tried at a time.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The time that one case may take.</summary>
    public TimeSpan TimeoutPerCase { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where findings are kept, and replayed from; null keeps none.</summary>
    public FuzzCorpus? Corpus { get; init; }
}

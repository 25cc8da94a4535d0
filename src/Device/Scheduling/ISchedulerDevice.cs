using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Device;

/// <summary>A device that says what a tile costs and how it would spread it over the cards (CONTRACT SCH). No call does any work.</summary>
public interface ISchedulerDevice : IDevice
{
    /// <summary>The rates that its times are worked out with.</summary>
    Bandwidths Bandwidths { get; }

    /// <summary>m k e, saturating at 2^64 - 1.</summary>
    ulong WeightBytes(Tile tile);

    /// <summary>m n e, saturating at 2^64 - 1.</summary>
    ulong ActivationBytes(Tile tile);

    /// <summary>The time of so many bytes at a rate of any kind, in seconds; +infinity at rate 0.</summary>
    double Seconds(ulong bytes, ulong bytesPerSecond);

    /// <summary>The time of a tile by tensor parallelism over <paramref name="cards"/> cards, in seconds; 0 cards count as 1.</summary>
    double TensorParallelSeconds(Tile tile, ulong cards);

    /// <summary>The time of a tile by model parallelism over <paramref name="cards"/> cards, in seconds; 0 cards count as 1.</summary>
    double ModelParallelSeconds(Tile tile, ulong cards);

    /// <summary>How it would spread a tile over <paramref name="cards"/> cards.</summary>
    Parallelism Choose(Tile tile, ulong cards);
}

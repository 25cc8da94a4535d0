using Spanker.Conformance.Collectives;

namespace Spanker.Conformance.Device;

/// <summary>A device whose cards run a program that the suite can run under schedules of its own choice (CONTRACT COL-10).</summary>
public interface ICardProgramDevice : IDevice
{
    /// <summary>What each card runs in an AllReduce; null if the host reduces.</summary>
    ICollectiveAlgorithm? CardProgram { get; }
}

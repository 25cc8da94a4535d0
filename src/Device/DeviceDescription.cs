using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Device;

/// <summary>What a device declares about itself. The suite judges against it and never trusts it.</summary>
public sealed record DeviceDescription
{
    /// <summary>The device's name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>Who made it.</summary>
    public string Vendor { get; init; } = "Spanker Conformance";

    /// <summary>False for a device that records calls and writes no result (upstream's mock).</summary>
    public bool Computes { get; init; } = true;

    /// <summary>False for a runtime over a driver that has no WORK_SUBMIT yet: every operation answers NotImplemented (CONTRACT MM-14, COL-9).</summary>
    public bool SubmitsWork { get; init; } = true;

    /// <summary>The arithmetic class claimed (CONTRACT NUM-3).</summary>
    public ArithmeticClass Class { get; init; } = ArithmeticClass.F32;

    /// <summary>The summation order declared; meaningful for class f32.</summary>
    public SummationOrder Order { get; init; } = SummationOrder.Any;

    /// <summary>Which of the two exact products the device means (CONTRACT NUM-2).</summary>
    public WeightDefinition Weights { get; init; } = WeightDefinition.RoundedToBinary32;

    /// <summary>What it does with non-finite scales (CONTRACT NUM-4).</summary>
    public NonFinitePolicy NonFinite { get; init; } = NonFinitePolicy.Ieee;

    /// <summary>Whether the same call gives the same bits (CONTRACT MM-12).</summary>
    public bool IsDeterministic { get; init; } = true;

    /// <summary>The most Sails that a topology of it can have; 0 if it offers no collectives.</summary>
    public int MaxSails { get; init; }

    /// <summary>How its collectives combine; null if they fold as the host mock does (CONTRACT COL-7, COL-8).</summary>
    public CollectiveDeclaration? Collectives { get; init; }

    /// <summary>The most rows of A that it takes; null for no limit of its own.</summary>
    public ulong? MaxM { get; init; }

    /// <summary>The most rows of B that it takes; null for no limit of its own.</summary>
    public ulong? MaxN { get; init; }

    /// <summary>The longest row that it takes, in weights; null for no limit of its own.</summary>
    public ulong? MaxK { get; init; }

    /// <summary>The time within which it promises every call to end; null if it promises none, and the run's limit holds (CONTRACT PROC-1).</summary>
    public TimeSpan? CallLimit { get; init; }

    /// <summary>Products a second, m*n*k over the time, that may be expected of it; null if unknown.</summary>
    public ulong? ProductsPerSecond { get; init; }

    /// <summary>Which calls may run at the same time (CONTRACT PROC-3).</summary>
    public ThreadRule Threads { get; init; } = ThreadRule.PerDevice;

    /// <summary>Whether it runs in a process of its own, where what it does beside answering can be seen (CONTRACT MM-11, PROC).</summary>
    public bool IsIsolated { get; init; }

    /// <summary>Whether operands and results are copied through a pipe, so that neither its memory nor its process's state can be seen.</summary>
    public bool IsBehindPipe { get; init; }
}

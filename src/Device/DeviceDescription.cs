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
}

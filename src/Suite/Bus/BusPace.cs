using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Suite.Bus;

/// <summary>How the suite's master takes its time at a card's pins. Tokens name a pace by its place here, so places do not change.</summary>
public static class BusPace
{
    /// <summary>All paces.</summary>
    public static IReadOnlyList<AxiMasterOptions> All { get; } =
    [
        new(),
        new() { ResponseStall = 128 },
        new() { AddressStall = 96, DataStall = 96, ResponseStall = 96 },
        new() { MaxDataLeadCycles = 6, DataStall = 64 },
        new() { MaxDataLagCycles = 6, ReadyWaitsForValid = true },
        new() { MaxOutstanding = 4, DataStall = 32, ResponseStall = 64 },
    ];
}

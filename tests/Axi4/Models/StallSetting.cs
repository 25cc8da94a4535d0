using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Tests.Axi4.Models;

/// <summary>How master and slave take their time in a run of random traffic. The matrix is also what the long check runs.</summary>
internal sealed record StallSetting(string Name, AxiMasterOptions Master, AxiSlaveOptions Slave)
{
    private static readonly AxiMasterOptions Prompt = new();
    private static readonly AxiSlaveOptions Ready = new();

    /// <summary>Settings on an interface of generation A.</summary>
    public static IReadOnlyList<StallSetting> GenerationA { get; } =
    [
        new("never waits", Prompt, Ready),
        new("master stalls addresses", Prompt with { AddressStall = 128 }, Ready),
        new("master stalls data", Prompt with { DataStall = 128 }, Ready),
        new("master stalls responses", Prompt with { ResponseStall = 128 }, Ready),
        new("master's READY waits for VALID", Prompt with { ReadyWaitsForValid = true }, Ready),
        new("W before AW, slave waits for AW", Prompt with { MaxDataLeadCycles = 6 }, Ready),
        new("W before AW, slave takes it", Prompt with { MaxDataLeadCycles = 6 }, Ready with { AcceptsDataAhead = true }),
        new("W behind AW", Prompt with { MaxDataLagCycles = 6 }, Ready),
        new("AWREADY waits for WVALID", Prompt with { MaxDataLagCycles = 3 }, Ready with { AddressWaitsForData = true }),
        new("AWREADY waits for WVALID, data taken ahead", Prompt with { MaxDataLeadCycles = 3 }, Ready with { AddressWaitsForData = true, AcceptsDataAhead = true }),
        new("slave stalls addresses", Prompt, Ready with { AddressStall = 128 }),
        new("slave stalls data", Prompt, Ready with { DataStall = 128 }),
        new("slave stalls responses", Prompt, Ready with { ResponseStall = 128 }),
        new("slave's READY waits for VALID", Prompt, Ready with { ReadyWaitsForValid = true }),
        new("slow memory", Prompt, Ready with { LatencyCycles = 20, MaxExtraLatencyCycles = 20 }),
        new("offers more than one", Prompt with { MaxOutstanding = 4, DataStall = 32 }, Ready with { AcceptsDataAhead = true }),
        new(
            "all at once",
            new AxiMasterOptions { AddressStall = 64, DataStall = 64, ResponseStall = 64, MaxDataLeadCycles = 4, MaxDataLagCycles = 4, MaxOutstanding = 2 },
            new AxiSlaveOptions { AddressStall = 64, DataStall = 64, ResponseStall = 64, AcceptsDataAhead = true, MaxExtraLatencyCycles = 5 }),
        new("hardly moves", Prompt with { AddressStall = 230, DataStall = 230, ResponseStall = 230 }, Ready with { AddressStall = 230, DataStall = 230, ResponseStall = 230 }),
    ];

    /// <summary>Settings on an interface that has all of AXI4: many outstanding, any order.</summary>
    public static IReadOnlyList<StallSetting> General { get; } =
    [
        new("many outstanding, in order", Prompt with { MaxOutstanding = 8 }, Ready with { Profile = null, MaxOutstanding = 8, MaxExtraLatencyCycles = 9 }),
        new("any order of ids", Prompt with { MaxOutstanding = 8, ResponseStall = 64 }, Ready with { Profile = null, MaxOutstanding = 8, MaxExtraLatencyCycles = 30, Reorders = true }),
        new("R beats interleaved", Prompt with { MaxOutstanding = 8, AddressStall = 64 }, Ready with { Profile = null, MaxOutstanding = 6, Reorders = true, Interleaves = true, ResponseStall = 32 }),
        new(
            "all at once",
            new AxiMasterOptions { AddressStall = 64, DataStall = 64, ResponseStall = 64, MaxDataLeadCycles = 9, MaxDataLagCycles = 9, MaxOutstanding = 16 },
            new AxiSlaveOptions { Profile = null, AddressStall = 64, DataStall = 64, ResponseStall = 64, AcceptsDataAhead = true, MaxExtraLatencyCycles = 9, MaxOutstanding = 16, Reorders = true, Interleaves = true }),
    ];
}

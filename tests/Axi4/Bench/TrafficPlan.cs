using Spanker.Conformance.Axi4;

namespace Spanker.Conformance.Tests.Axi4.Bench;

/// <summary>What random traffic looks like.</summary>
internal sealed record TrafficPlan(AxiBusShape Shape, int Transactions)
{
    /// <summary>Whether to keep to profile A: full width, INCR and FIXED, one outstanding a direction.</summary>
    public bool IsProfileA { get; init; }

    /// <summary>Most outstanding a direction.</summary>
    public int MaxOutstanding { get; init; } = 8;

    /// <summary>A channel that may transfer does so once in so many cycles.</summary>
    public int Pace { get; init; } = 2;
}

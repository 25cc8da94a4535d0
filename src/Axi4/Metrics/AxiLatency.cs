namespace Spanker.Conformance.Axi4;

/// <summary>How long one stage took, over all transactions that were measured. Cycles are 0 where <see cref="Count"/> is.</summary>
/// <remarks>
/// The p-th percentile is by nearest rank: of n durations in ascending order the one of rank ceil(p n / 100), counted from 1. So it is a duration that occurred.
/// </remarks>
/// <param name="Stage">The stage.</param>
/// <param name="Count">Transactions.</param>
/// <param name="SumCycles">Sum of all durations.</param>
/// <param name="MinCycles">The shortest.</param>
/// <param name="P50Cycles">The median.</param>
/// <param name="P95Cycles">The 95th percentile.</param>
/// <param name="P99Cycles">The 99th percentile.</param>
/// <param name="MaxCycles">The longest.</param>
/// <param name="ResolutionCycles">1: the percentiles are exact. More, a power of two: so many different durations occurred that percentiles are rounded down to multiples of it.</param>
public sealed record AxiLatency(
    AxiStage Stage, long Count, long SumCycles, long MinCycles, long P50Cycles, long P95Cycles, long P99Cycles, long MaxCycles, long ResolutionCycles)
{
    /// <summary>Sum / count, or 0.</summary>
    public double MeanCycles => Count == 0 ? 0 : (double)SumCycles / Count;
}

namespace Spanker.Conformance.Suite;

/// <summary>The checks of this version, by clause.</summary>
public static class CheckCatalogue
{
    /// <summary>All checks, in the contract's order.</summary>
    public static IReadOnlyList<ClauseCheck> All { get; } = Order(
    [
        LayoutChecks.Blocks, LayoutChecks.Places,
        RefusalChecks.Depth, RefusalChecks.Lengths, RefusalChecks.Overflow, RefusalChecks.OutputLength, RefusalChecks.Order, RefusalChecks.Empty,
        BehaviourChecks.Phases, BehaviourChecks.QuietRefusal, BehaviourChecks.Memory, BehaviourChecks.Determinism, BehaviourChecks.Independence,
        ProcessChecks.Ends, ProcessChecks.Leaves, ProcessChecks.Threads,
        NumericChecks.Bound, NumericChecks.Decode, NumericChecks.Definition, NumericChecks.Class, NumericChecks.OddScales,
        RealPathChecks.Matmul, RealPathChecks.Collectives,
        CollectiveChecks.SameBits, CollectiveChecks.Gather, CollectiveChecks.Buffers, CollectiveChecks.Lengths, CollectiveChecks.Nothing,
        CollectiveChecks.QuietRefusal, CollectiveChecks.Fold, CollectiveChecks.DeclaredOrder, InterleavingChecks.Interleavings, CollectiveChecks.OpenEnded,
        ShardingChecks.Sharded,
        TopologyChecks.FullMesh,
        .. SchedulerChecks.All,
        .. ControlNodeChecks.All,
        .. BusChecks.All,
    ]);

    private static readonly Dictionary<string, ClauseCheck> ByClause = All.ToDictionary(c => c.Clause, StringComparer.Ordinal);

    /// <summary>The check of a clause, or null if this version has none.</summary>
    public static ClauseCheck? Find(string clause) => ByClause.GetValueOrDefault(clause);

    private static List<ClauseCheck> Order(IEnumerable<ClauseCheck> checks)
    {
        List<string> ids = [.. RequirementCatalogue.All.Select(r => r.Id)];
        return [.. checks.OrderBy(c => ids.IndexOf(c.Clause))];
    }
}

using System.Globalization;
using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>COL-11: products in shards, by columns, along k, and in a pipeline of two layers.</summary>
public static class ShardingChecks
{
    /// <summary>The clause.</summary>
    public const string Clause = "COL-11";

    private static readonly int[] ShardCounts = [1, 2, 3, 4];

    // Within every class's bound at any k, within the order's, and with partial products that are larger than what is left of them.
    private static readonly OperandFamily[] Families = [PlacementFamilies.Placement, DenseFamilies.Dense, DenseFamilies.Cancelling, NumericFamilies.Sparse4];

    // The two of them in which the order of additions shows.
    private static readonly OperandFamily[] QuickSums = [DenseFamilies.Dense, DenseFamilies.Cancelling, NumericFamilies.Sparse4];

    /// <summary>COL-11: sharded is as unsharded.</summary>
    public static ClauseCheck Sharded { get; } = new()
    {
        Clause = Clause,
        Edges = terms =>
        [
            .. from sharding in Enum.GetValues<Sharding>()
               where IsJudged(sharding, terms.Description)
               from edge in ShardCounts.Where(n => n <= terms.Description.MaxSails).Select(n => CountEdge(sharding, n)).Concat([UnevenEdge(sharding), EmptyEdge(sharding)])
               select edge,
        ],
        Cases = Plan,
        Try = Try,
    };

    /// <summary>The order in which a device's AllReduce adds an element: as it declares, or as the host mock folds, whose tree is as deep as any.</summary>
    /// <param name="description">What the device declares.</param>
    /// <param name="cards">N.</param>
    /// <param name="length">Elements of each buffer.</param>
    /// <param name="index">Which element.</param>
    public static ReductionTree TreeOf(DeviceDescription description, int cards, int length, int index)
    {
        ArgumentNullException.ThrowIfNull(description);
        DeclaredOrder? declared = description.Collectives?.OrderOf?.Invoke(cards, length).FirstOrDefault(order => index >= order.First && index < order.First + order.Count);
        return declared?.Tree ?? ReductionOrder.HostFold(cards);
    }

    // That other bits come of the same product is what a device that is not deterministic declares.
    private static bool IsJudged(Sharding sharding, DeviceDescription description) => sharding == Sharding.Depth || description.IsDeterministic;

    private static IEnumerable<Case> Plan(CasePlan plan)
    {
        int[] counts = plan.Profile == Profile.Quick ? ShardCounts : [.. ShardCounts, 5, 7, 8, 16];
        return
            from sharding in Enum.GetValues<Sharding>()
            from shards in counts
            where shards <= plan.MaxSails
            from units in shards == 1 ? (int[])[3] : [sharding == Sharding.Pipeline ? shards + 1 : (2 * shards) + 1, shards - 1]
            from family in plan.Profile != Profile.Quick ? Families : sharding == Sharding.Depth ? QuickSums : [DenseFamilies.Dense]
            from index in Enumerable.Range(0, plan.Scale(1, 2, 6))
            let seed = plan.SeedOf(string.Create(CultureInfo.InvariantCulture, $"{Clause}/{sharding}/{family.Name}/{shards}/{units}"), index)
            select new ShardedCase(Clause, sharding, shards, ShapeOf(sharding, (ulong)units), new GeneratedOperands(family, seed));
    }

    private static MatmulShape ShapeOf(Sharding sharding, ulong units) => sharding switch
    {
        Sharding.Columns => new(M: 2, N: units, K: 2 * Q4KLayout.BlockWeights),
        Sharding.Depth => new(M: 2, N: 3, K: units * Q4KLayout.BlockWeights),
        _ => new(M: units, N: 2, K: Q4KLayout.BlockWeights),
    };

    private static void Try(Trial trial)
    {
        ShardedCase tried = (ShardedCase)trial.Case;
        if (!IsJudged(tried.Sharding, trial.Terms.Description))
        {
            return;
        }

        if (tried.Shards > trial.Terms.Description.MaxSails)
        {
            trial.Record.SayNothing($"the device forms at most {trial.Terms.Description.MaxSails} Sails; the case is of {tried.Shards}");
            return;
        }

        if (!new ShardedTrial(trial).Judge())
        {
            return;
        }

        trial.Reach(CountEdge(tried.Sharding, tried.Shards));
        if (tried.Units < (ulong)tried.Shards)
        {
            trial.Reach(EmptyEdge(tried.Sharding));
        }
        else if (tried.Units % (ulong)tried.Shards != 0)
        {
            trial.Reach(UnevenEdge(tried.Sharding));
        }
    }

    private static string Name(Sharding sharding) => sharding.ToString().ToLowerInvariant();

    private static string CountEdge(Sharding sharding, int shards) => $"{Name(sharding)} in {shards}";

    private static string UnevenEdge(Sharding sharding) => Name(sharding) + " unevenly";

    private static string EmptyEdge(Sharding sharding) => Name(sharding) + " with an empty shard";
}

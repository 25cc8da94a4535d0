using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>MM-14 and COL-9: a runtime over a driver that cannot submit work says so, before it looks at anything else.</summary>
public static class RealPathChecks
{
    private const string Missing = "SPANKER_IOC_WORK_SUBMIT";

    private static readonly MatmulShape Valid = new(M: 2, N: 3, K: Q4KLayout.BlockWeights);

    /// <summary>MM-14: matmul.</summary>
    public static ClauseCheck Matmul { get; } = new()
    {
        Clause = "MM-14",
        Edges = _ => ["valid call", "before k", "before lengths", "before OUT", "before m = 0"],
        Cases = plan =>
        [
            plan.Matmul("MM-14", Valid, PlacementFamilies.Placement),
            plan.Matmul("MM-14", Valid with { K = 255 }, PlacementFamilies.Placement),
            plan.Matmul("MM-14", Valid, PlacementFamilies.Placement) with { ALength = BufferLength.Off(-1) },
            plan.Matmul("MM-14", Valid, PlacementFamilies.Placement) with { OutputLength = BufferLength.Off(-4) },
            plan.Matmul("MM-14", Valid with { M = 0 }, PlacementFamilies.Placement),
        ],
        Try = trial =>
        {
            MatmulCase tried = (MatmulCase)trial.Case;
            using MatmulRun run = new(tried, trial.Device);
            DeviceError? error = run.Call((IMatmulDevice)trial.Device).Error;
            trial.Observe(Compare(error));
            trial.Reach(tried switch
            {
                { Shape.K: 255 } => "before k",
                { ALength.Bytes: < 0 } => "before lengths",
                { OutputLength.Bytes: < 0 } => "before OUT",
                { Shape.M: 0 } => "before m = 0",
                _ => "valid call",
            });
        },
    };

    /// <summary>COL-9: collectives.</summary>
    public static ClauseCheck Collectives { get; } = new()
    {
        Clause = "COL-9",
        Edges = _ => ["AllReduce", "AllGather", "before the number of buffers", "before lengths"],
        Cases = plan =>
            from operation in (int?[])[(int)ReduceOp.Sum, null]
            from lengths in new[] { new EquatableLengths(4), new EquatableLengths(4, 4), new EquatableLengths(4, 5) }
            select new CollectiveCase("COL-9", operation, 1, lengths, CollectiveData.Exact, plan.SeedOf("COL-9", lengths.Count)),
        Try = trial =>
        {
            CollectiveCase tried = (CollectiveCase)trial.Case;
            CollectiveTrial done = new(tried);
            done.Call((ICollectiveDevice)trial.Device);
            trial.Observe(Compare(done.Error));
            trial.Reach(tried.Operation is null ? "AllGather" : "AllReduce");
            if (tried.Lengths.Count > 1)
            {
                trial.Reach(tried.Lengths[1] == tried.Lengths[0] ? "before the number of buffers" : "before lengths");
            }
        },
    };

    private static Deviation? Compare(DeviceError? error) => error is NotImplemented { Message: var message } && message.Contains(Missing, StringComparison.Ordinal)
        ? null
        : new Deviation(
            $"answered {NumberText.Of(error)}, expected NotImplemented naming {Missing}", $"NotImplemented naming {Missing}", NumberText.Of(error));
}

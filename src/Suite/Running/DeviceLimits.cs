using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>Which cases lie within what a device declares: rows, depth, and the time that a call would take.</summary>
/// <param name="Description">What it declares.</param>
/// <param name="CallLimit">The run's limit of a call, where it declares none.</param>
public sealed record DeviceLimits(DeviceDescription Description, TimeSpan CallLimit)
{
    /// <summary>Whether a case may be tried. What must be refused, or is empty, has no size to speak of.</summary>
    public bool Allow(Case tried)
    {
        if (tried is ShardedCase sharded)
        {
            return Parts(sharded).All(shape => Fits(shape) && EndsInTime(shape));
        }

        return tried is not MatmulCase matmul
            || MatmulTrial.ExpectedError(matmul) is not null
            || matmul.Shape.OutputBytes == 0
            || (matmul.Clause == "PROC-3" && Fits(ProcessChecks.CallOf(matmul.Shape)))
            || (Fits(matmul.Shape) && EndsInTime(matmul.Shape))
            || (CheckCatalogue.Find(matmul.Clause) is { MayBeTiled: true } && CanBeTiled(matmul.Shape));
    }

    /// <summary>The dimensions, with m and n no larger than the device takes.</summary>
    public MatmulShape Fit(MatmulShape shape) => shape with { M = Math.Min(shape.M, MaxM), N = Math.Min(shape.N, MaxN) };

    /// <summary>The dimensions, with none larger than the device takes.</summary>
    public MatmulShape FitWhole(MatmulShape shape) => Fit(shape) with { K = Math.Min(shape.K, Math.Max(MaxK / Q4KLayout.BlockWeights, 1) * Q4KLayout.BlockWeights) };

    // The whole products; shards are no larger.
    private static IEnumerable<MatmulShape> Parts(ShardedCase sharded) => sharded.Sharding == Sharding.Pipeline
        ? [sharded.Shape with { N = ShardedCase.HiddenWidth }, sharded.Shape with { K = ShardedCase.HiddenWidth }]
        : [sharded.Shape];

    // Each tile ends in time, and all of them in the time of a few calls.
    private bool CanBeTiled(MatmulShape shape)
    {
        MatmulShape tile = Fit(shape);
        double tiles = Math.Ceiling((double)shape.M / tile.M) * Math.Ceiling((double)shape.N / tile.N);
        bool endsInTime = Description.ProductsPerSecond is not ulong speed || shape.Products / speed <= MostCalls * (Description.CallLimit ?? CallLimit).TotalSeconds;
        return shape.K <= MaxK && tiles <= MostTiles && EndsInTime(tile) && endsInTime;
    }

    /// <summary>2^33: what 1.4 10^8 products a second end in a minute. More is asked of those alone that declare a speed.</summary>
    private const double MostProductsOfUnknownSpeed = 1L << 33;

    private const double MostTiles = 8192;
    private const double MostCalls = 8;

    private ulong MaxM => Description.MaxM ?? ulong.MaxValue;

    private ulong MaxN => Description.MaxN ?? ulong.MaxValue;

    private ulong MaxK => Description.MaxK ?? ulong.MaxValue;

    private bool Fits(MatmulShape shape) => shape.M <= MaxM && shape.N <= MaxN && shape.K <= MaxK;

    // m*n*k products at the speed declared.
    private bool EndsInTime(MatmulShape shape) => Description.ProductsPerSecond is ulong speed
        ? shape.Products / speed <= (Description.CallLimit ?? CallLimit).TotalSeconds
        : shape.Products <= MostProductsOfUnknownSpeed;
}

using Spanker.Conformance.Device;

namespace Spanker.Conformance.Suite;

/// <summary>Which cases lie within what a device declares: rows, depth, and the time that a call would take.</summary>
/// <param name="Description">What it declares.</param>
/// <param name="CallLimit">The run's limit of a call, where it declares none.</param>
public sealed record DeviceLimits(DeviceDescription Description, TimeSpan CallLimit)
{
    /// <summary>Whether a case may be tried. What must be refused, or is empty, has no size to speak of.</summary>
    public bool Allow(Case tried)
    {
        return tried is not MatmulCase matmul
            || MatmulTrial.ExpectedError(matmul) is not null
            || matmul.Shape.OutputBytes == 0
            || (matmul.Clause == "PROC-3" && Fits(ProcessChecks.CallOf(matmul.Shape)))
            || (Fits(matmul.Shape) && EndsInTime(matmul.Shape))
            || (CheckCatalogue.Find(matmul.Clause) is { MayBeTiled: true } && matmul.Shape.K <= MaxK && EndsInTime(Fit(matmul.Shape)));
    }

    /// <summary>The dimensions, with m and n no larger than the device takes.</summary>
    public MatmulShape Fit(MatmulShape shape) => shape with { M = Math.Min(shape.M, MaxM), N = Math.Min(shape.N, MaxN) };

    private ulong MaxM => Description.MaxM ?? ulong.MaxValue;

    private ulong MaxN => Description.MaxN ?? ulong.MaxValue;

    private ulong MaxK => Description.MaxK ?? ulong.MaxValue;

    private bool Fits(MatmulShape shape) => shape.M <= MaxM && shape.N <= MaxN && shape.K <= MaxK;

    // m*n*k products at the speed declared.
    private bool EndsInTime(MatmulShape shape) => Description.ProductsPerSecond is not ulong speed
        || shape.Products / speed <= (Description.CallLimit ?? CallLimit).TotalSeconds;
}

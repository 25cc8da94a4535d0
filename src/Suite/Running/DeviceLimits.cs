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
            || (matmul.Shape.M <= (Description.MaxM ?? ulong.MaxValue)
                && matmul.Shape.N <= (Description.MaxN ?? ulong.MaxValue)
                && matmul.Shape.K <= (Description.MaxK ?? ulong.MaxValue)
                && EndsInTime(matmul.Shape));
    }

    // m*n*k products at the speed declared.
    private bool EndsInTime(MatmulShape shape) => Description.ProductsPerSecond is not ulong speed
        || shape.Products / speed <= (Description.CallLimit ?? CallLimit).TotalSeconds;
}

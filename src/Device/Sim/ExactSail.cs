namespace Spanker.Conformance.Device;

/// <summary>Class exact: the exact dot product rounded once. What a weight is worth is left to the derived types (CONTRACT NUM-2, NUM-3).</summary>
/// <typeparam name="TRow">A prepared row.</typeparam>
public abstract class ExactSail<TRow> : RowSail<TRow>
{
    /// <summary>The greatest k for which 128 bits hold every sum: products are below 2^100 in units of 2^-48.</summary>
    public const ulong DepthLimit = 1UL << 27;

    /// <summary>The code of the <see cref="UnknownDeviceError"/> that answers a k above <see cref="DepthLimit"/>.</summary>
    public const int TooDeepCode = 2;

    /// <summary>A Sail that declares <paramref name="description"/>.</summary>
    protected ExactSail(DeviceDescription description)
        : base(description)
    {
    }

    /// <summary>The contract's checks, then a limit of this simulation.</summary>
    protected override DeviceError? CheckCall(in MatmulCall call) =>
        base.CheckCall(call)
        ?? (call.K > DepthLimit
            ? new UnknownDeviceError(TooDeepCode, $"k is {call.K}; exact sums are kept in 128 bits up to k = {DepthLimit}")
            : null);

    /// <summary>The dot product when a row holds an infinity or a NaN: NaN, or an infinity of the one sign that occurs (CONTRACT NUM-4).</summary>
    /// <remarks>Only products that are not finite matter; every finite one is absorbed, whatever the order.</remarks>
    protected static float NonFiniteDot(int k, Func<int, double> a, Func<int, double> b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        bool positive = false;
        bool negative = false;
        for (int i = 0; i < k; i++)
        {
            double product = a(i) * b(i);
            if (double.IsNaN(product))
            {
                return float.NaN;
            }

            positive |= double.IsPositiveInfinity(product);
            negative |= double.IsNegativeInfinity(product);
        }

        return positive && negative ? float.NaN : positive ? float.PositiveInfinity : float.NegativeInfinity;
    }
}

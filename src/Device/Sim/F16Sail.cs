namespace Spanker.Conformance.Device;

/// <summary>Class f16-accumulate: binary32 weights, each product rounded once to binary16, one binary16 accumulator in order (CONTRACT NUM-3).</summary>
/// <remarks>
/// A product of two binary32 values is exact in binary64, and so is a sum of two binary16 values; each conversion to binary16 is
/// therefore the only rounding of its step. A zero product changes nothing and is stepped over.
/// </remarks>
public class F16Sail : FloatSail
{
    /// <summary>A Sail of the class that declares what it does.</summary>
    public F16Sail(SimOptions options)
        : this(Describe(options))
    {
    }

    /// <summary>A Sail of the class that declares <paramref name="description"/>.</summary>
    public F16Sail(DeviceDescription description)
        : base(description)
    {
    }

    /// <inheritdoc/>
    protected override float Dot(float[] a, float[] b) => Accumulate(a, b);

    /// <summary>The dot product of the class.</summary>
    public static float Accumulate(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        b = b[..a.Length];
        Half sum = Half.Zero;
        for (int i = 0; i < a.Length; i++)
        {
            double product = (double)a[i] * b[i];
            if (product != 0)
            {
                sum = (Half)((double)sum + (double)(Half)product);
            }
        }

        return (float)sum;
    }
}

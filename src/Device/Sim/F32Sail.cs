using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Device;

/// <summary>Class f32: weights rounded to binary32, products and sums in binary32, in a declared order, fused or not (CONTRACT NUM-3).</summary>
public class F32Sail : FloatSail
{
    private readonly SummationOrder order;
    private readonly bool fma;

    /// <summary>A Sail that adds as <paramref name="options"/> say and declares what it does.</summary>
    public F32Sail(SimOptions options)
        : this(options, Describe(options))
    {
    }

    /// <summary>A Sail that adds as <paramref name="options"/> say and declares <paramref name="description"/>, on a bus of its own.</summary>
    public F32Sail(SimOptions options, DeviceDescription description, SailBusOptions? bus = null)
        : base(description, bus)
    {
        ArgumentNullException.ThrowIfNull(options);
        order = options.Order;
        fma = options.Fma;
    }

    /// <inheritdoc/>
    protected override float Dot(float[] a, float[] b) => order switch
    {
        SummationOrder.Pairwise => Pairwise(a, b, fma),
        SummationOrder.Blocks32 => Blocked(a, b, 32, fma),
        SummationOrder.Blocks256 => Blocked(a, b, 256, fma),
        _ => Sequential(a, b, fma),
    };

    /// <summary>One accumulator from 0, products 0, 1, 2, .. in order.</summary>
    protected static float Sequential(ReadOnlySpan<float> a, ReadOnlySpan<float> b, bool fma)
    {
        b = b[..a.Length];
        float sum = 0;
        if (fma)
        {
            for (int i = 0; i < a.Length; i++)
            {
                sum = MathF.FusedMultiplyAdd(a[i], b[i], sum);
            }
        }
        else
        {
            for (int i = 0; i < a.Length; i++)
            {
                sum += a[i] * b[i];
            }
        }

        return sum;
    }

    /// <summary>Blocks of <paramref name="length"/> added sequentially, then the block sums added sequentially.</summary>
    protected static float Blocked(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int length, bool fma)
    {
        float sum = 0;
        for (int first = 0; first < a.Length; first += length)
        {
            sum += Sequential(a.Slice(first, length), b.Slice(first, length), fma);
        }

        return sum;
    }

    /// <summary>The index range halved down to single products; a fused product joins the one on its left in a pair.</summary>
    protected static float Pairwise(ReadOnlySpan<float> a, ReadOnlySpan<float> b, bool fma)
    {
        switch (a.Length)
        {
            case 1:
                return a[0] * b[0];
            case 2:
                return Pair(a, b, fma);
            case 4:
                return Pair(a, b, fma) + Pair(a[2..], b[2..], fma);
            default:
                int half = a.Length / 2;
                return Pairwise(a[..half], b[..half], fma) + Pairwise(a[half..], b[half..], fma);
        }
    }

    private static float Pair(ReadOnlySpan<float> a, ReadOnlySpan<float> b, bool fma) =>
        fma ? MathF.FusedMultiplyAdd(a[1], b[1], a[0] * b[0]) : (a[0] * b[0]) + (a[1] * b[1]);
}

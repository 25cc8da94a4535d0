namespace Spanker.Conformance.Device;

/// <summary>Class bf16-accumulate: binary32 weights, each product rounded once to bfloat16, one bfloat16 accumulator in order (CONTRACT NUM-3).</summary>
/// <remarks>
/// The accumulator lives in a binary64 that always holds a bfloat16 value. A product of two binary32 values is exact in binary64; a sum of
/// two bfloat16 values may round there first, which is harmless: 53 >= 2*8 + 2 bits make the second rounding agree with a single one.
/// </remarks>
public sealed class Bf16Sail : FloatSail
{
    /// <summary>Bits of a binary64 significand below the seven that bfloat16 stores.</summary>
    private const int DroppedBits = 52 - 7;

    /// <summary>A Sail of the class that declares what it does.</summary>
    public Bf16Sail(SimOptions options)
        : base(Describe(options))
    {
    }

    /// <inheritdoc/>
    protected override float Dot(float[] a, float[] b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double product = (double)a[i] * b[i];
            if (product != 0)
            {
                sum = Round(sum + Round(product));
            }
        }

        return (float)sum;
    }

    /// <summary>To the nearest bfloat16, ties to even. Values here are multiples of 2^-48 below 2^128, so neither range end is met.</summary>
    private static double Round(double value)
    {
        if (!double.IsFinite(value))
        {
            return value;
        }

        // Unchecked: the sign bit makes the sum of bits wrap past 2^63, and the carry into the exponent is the rounding up to a power of two.
        unchecked
        {
            ulong bits = BitConverter.DoubleToUInt64Bits(value);
            ulong even = (bits >> DroppedBits) & 1;
            bits += (1UL << (DroppedBits - 1)) - 1 + even;
            return BitConverter.UInt64BitsToDouble(bits & ~((1UL << DroppedBits) - 1));
        }
    }
}

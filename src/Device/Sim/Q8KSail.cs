using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Device;

/// <summary>A row in the integers of class q8k: A keeps its own scales, minimums and nibbles; B has one scale a block and integers of -127 to 127.</summary>
public sealed class Q8KRow
{
    internal Q8KRow(int k)
    {
        Values = new sbyte[k];
        SubBlockScales = new byte[k / Q4KLayout.SubBlockWeights];
        SubBlockMinimums = new byte[SubBlockScales.Length];
        Sums = new int[SubBlockScales.Length];
        Scale = new float[k / Q4KLayout.BlockWeights];
        Minimum = new float[Scale.Length];
    }

    internal sbyte[] Values { get; }

    internal byte[] SubBlockScales { get; }

    internal byte[] SubBlockMinimums { get; }

    internal int[] Sums { get; }

    internal float[] Scale { get; }

    internal float[] Minimum { get; }
}

/// <summary>Class q8k: B requantized to 8 bits a block of 256, integer dot products, scales above them in binary32 (CONTRACT NUM-3).</summary>
/// <remarks>
/// For a block of B: amax = max |b_i|, s = amax/127 rounded to binary32, r_i = b_i/s to the nearest integer. A block's share is
/// (d*s)*(sum_s sc_s sum q_i r_i) - (dmin*s)*(sum_s m_s sum r_i): the sums are exact integers, below 2^25, and round once on their way to binary32;
/// each product rounds, the difference rounds, and blocks are added in order. The shape of GGML's CPU path.
/// </remarks>
public class Q8KSail : RowSail<Q8KRow>
{
    private const int Steps = 127;

    /// <summary>A Sail of the class that declares what it does.</summary>
    public Q8KSail(SimOptions options)
        : this(Describe(options))
    {
    }

    /// <summary>A Sail of the class that declares <paramref name="description"/>.</summary>
    public Q8KSail(DeviceDescription description)
        : base(description)
    {
    }

    /// <inheritdoc/>
    protected override ulong BytesPerWeight => 2;

    /// <inheritdoc/>
    protected override Q8KRow NewRow(Operand operand, ulong k) => new((int)k);

    /// <inheritdoc/>
    protected override void FillRow(in MatmulCall call, Operand operand, ulong row, Q8KRow prepared)
    {
        ArgumentNullException.ThrowIfNull(prepared);
        BlockFields fields = new();
        for (int block = 0; block < prepared.Scale.Length; block++)
        {
            Unpack(call, new BlockPlace(operand, row, (ulong)block), fields);
            if (operand == Operand.A)
            {
                Keep(fields, prepared, block);
            }
            else
            {
                Requantize(fields, prepared, block);
            }
        }
    }

    /// <inheritdoc/>
    protected override float Dot(Q8KRow a, Q8KRow b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        float total = 0;
        for (int block = 0; block < a.Scale.Length; block++)
        {
            int scaled = 0;
            int minimums = 0;
            for (int s = block * Q4KLayout.SubBlocks; s < (block + 1) * Q4KLayout.SubBlocks; s++)
            {
                int first = s * Q4KLayout.SubBlockWeights;
                int products = IntegerDot(
                    a.Values.AsSpan(first, Q4KLayout.SubBlockWeights), b.Values.AsSpan(first, Q4KLayout.SubBlockWeights));
                scaled += a.SubBlockScales[s] * products;
                minimums += a.SubBlockMinimums[s] * b.Sums[s];
            }

            total += ((a.Scale[block] * b.Scale[block]) * scaled) - ((a.Minimum[block] * b.Scale[block]) * minimums);
        }

        return total;
    }

    private static void Keep(BlockFields fields, Q8KRow prepared, int block)
    {
        prepared.Scale[block] = (float)fields.Scale;
        prepared.Minimum[block] = (float)fields.Minimum;
        fields.Scales.CopyTo(prepared.SubBlockScales.AsSpan(block * Q4KLayout.SubBlocks));
        fields.Minimums.CopyTo(prepared.SubBlockMinimums.AsSpan(block * Q4KLayout.SubBlocks));
        for (int i = 0; i < Q4KLayout.BlockWeights; i++)
        {
            prepared.Values[(block * Q4KLayout.BlockWeights) + i] = (sbyte)fields.Nibbles[i];
        }
    }

    private static void Requantize(BlockFields fields, Q8KRow prepared, int block)
    {
        // The weights are exact in binary64: multiples of 2^-24 below 2^26.
        Span<double> weights = stackalloc double[Q4KLayout.BlockWeights];
        double greatest = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            int s = i / Q4KLayout.SubBlockWeights;
            weights[i] = ((double)fields.Scale * fields.Scales[s] * fields.Nibbles[i]) - ((double)fields.Minimum * fields.Minimums[s]);
            greatest = Math.Max(greatest, Math.Abs(weights[i]));
        }

        // A block with a non-finite scale lies outside what the class promises; NaN says so without an exception.
        float step = double.IsFinite(greatest) ? (float)(greatest / Steps) : float.NaN;
        prepared.Scale[block] = step;
        prepared.Sums.AsSpan(block * Q4KLayout.SubBlocks, Q4KLayout.SubBlocks).Clear();
        for (int i = 0; i < weights.Length; i++)
        {
            double rounded = step > 0 ? Math.Round(weights[i] / step, MidpointRounding.ToEven) : 0;
            sbyte value = (sbyte)Math.Clamp(rounded, -Steps, Steps);
            int place = (block * Q4KLayout.BlockWeights) + i;
            prepared.Values[place] = value;
            prepared.Sums[place / Q4KLayout.SubBlockWeights] += value;
        }
    }

    /// <summary>At most 32 * 15 * 127 = 60960.</summary>
    private static int IntegerDot(ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b)
    {
        int sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}

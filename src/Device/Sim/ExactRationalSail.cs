using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Device;

/// <summary>A row as integers: d and dmin of each block in units of 2^-24, sc*q of each weight, their sum over each sub-block, and the minimums.</summary>
public sealed class RationalRow
{
    internal RationalRow(int k)
    {
        Products = new short[k];
        Sums = new int[k / Q4KLayout.SubBlockWeights];
        Minimums = new byte[Sums.Length];
        Scale = new double[k / Q4KLayout.BlockWeights];
        Minimum = new double[Scale.Length];
    }

    internal short[] Products { get; }

    internal int[] Sums { get; }

    internal byte[] Minimums { get; }

    internal double[] Scale { get; }

    internal double[] Minimum { get; }

    internal bool IsFinite { get; set; }

    /// <summary>The weight by IEEE 754. It is exact in binary64 where the scales are finite: a multiple of 2^-24 below 2^26.</summary>
    internal double Weight(int i) =>
        (Scale[i / Q4KLayout.BlockWeights] * Products[i])
        - (Minimum[i / Q4KLayout.BlockWeights] * Minimums[i / Q4KLayout.SubBlockWeights]);
}

/// <summary>Class exact over the rational weights d*sc*q - dmin*m, by the four-term integer form of a super-block's dot product.</summary>
/// <remarks>
/// With A' = sc*q: sum a b = da db sum A'B' - da dminb sum_s m_b sum A' - dmina db sum_s m_a sum B' + dmina dminb 32 sum_s m_a m_b.
/// A scale is an integer below 2^40 in units of 2^-24, and the four sums are below 2^28; every term fits in 108 bits.
/// </remarks>
public class ExactRationalSail : ExactSail<RationalRow>
{
    /// <summary>2^24: a finite binary16 is an integer in units of its inverse.</summary>
    private const double UnitsPerOne = 1 << 24;

    /// <summary>A Sail of the class that declares what it does.</summary>
    public ExactRationalSail(SimOptions options)
        : this(Describe(options))
    {
    }

    /// <summary>A Sail of the class that declares <paramref name="description"/>.</summary>
    public ExactRationalSail(DeviceDescription description)
        : base(description)
    {
    }

    /// <inheritdoc/>
    protected override ulong BytesPerWeight => sizeof(short) + 1;

    /// <inheritdoc/>
    protected override RationalRow NewRow(Operand operand, ulong k) => new((int)k);

    /// <inheritdoc/>
    protected override void FillRow(in MatmulCall call, Operand operand, ulong row, RationalRow prepared)
    {
        ArgumentNullException.ThrowIfNull(prepared);
        BlockFields fields = new();
        prepared.IsFinite = true;
        for (int block = 0; block < prepared.Scale.Length; block++)
        {
            Unpack(call, new BlockPlace(operand, row, (ulong)block), fields);
            prepared.Scale[block] = (double)fields.Scale;
            prepared.Minimum[block] = (double)fields.Minimum;
            prepared.IsFinite &= fields.IsFinite;
            for (int subBlock = 0; subBlock < Q4KLayout.SubBlocks; subBlock++)
            {
                int place = (block * Q4KLayout.SubBlocks) + subBlock;
                int sum = 0;
                for (int i = 0; i < Q4KLayout.SubBlockWeights; i++)
                {
                    int product = fields.Scales[subBlock] * fields.Nibbles[(subBlock * Q4KLayout.SubBlockWeights) + i];
                    prepared.Products[(place * Q4KLayout.SubBlockWeights) + i] = (short)product;
                    sum += product;
                }

                prepared.Sums[place] = sum;
                prepared.Minimums[place] = fields.Minimums[subBlock];
            }
        }
    }

    /// <inheritdoc/>
    protected override float Dot(RationalRow a, RationalRow b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (!a.IsFinite || !b.IsFinite)
        {
            return NonFiniteDot(a.Products.Length, a.Weight, b.Weight);
        }

        Int128 sum = 0;
        for (int block = 0; block < a.Scale.Length; block++)
        {
            sum += BlockDot(a, b, block);
        }

        return OddRounding.ToBinary32(sum);
    }

    private static Int128 BlockDot(RationalRow a, RationalRow b, int block)
    {
        long minimumsOfB = 0;
        long minimumsOfA = 0;
        long minimums = 0;
        for (int s = block * Q4KLayout.SubBlocks; s < (block + 1) * Q4KLayout.SubBlocks; s++)
        {
            minimumsOfB += b.Minimums[s] * a.Sums[s];
            minimumsOfA += a.Minimums[s] * b.Sums[s];
            minimums += Q4KLayout.SubBlockWeights * a.Minimums[s] * b.Minimums[s];
        }

        long products = IntegerDot(
            a.Products.AsSpan(block * Q4KLayout.BlockWeights, Q4KLayout.BlockWeights),
            b.Products.AsSpan(block * Q4KLayout.BlockWeights, Q4KLayout.BlockWeights));
        Int128 scaleA = (Int128)(a.Scale[block] * UnitsPerOne);
        Int128 scaleB = (Int128)(b.Scale[block] * UnitsPerOne);
        Int128 minimumA = (Int128)(a.Minimum[block] * UnitsPerOne);
        Int128 minimumB = (Int128)(b.Minimum[block] * UnitsPerOne);
        return (scaleA * scaleB * products)
            - (scaleA * minimumB * minimumsOfB)
            - (minimumA * scaleB * minimumsOfA)
            + (minimumA * minimumB * minimums);
    }

    /// <summary>At most 256 * 945^2, below 2^28.</summary>
    private static int IntegerDot(ReadOnlySpan<short> a, ReadOnlySpan<short> b)
    {
        int sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}

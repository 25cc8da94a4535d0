using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Device;

/// <summary>A row as integers: d and dmin of each block in units of 2^-24, sc*q of each weight, their sum over each sub-block, and the minimums.</summary>
public sealed class RationalRow
{
    internal RationalRow(int k)
    {
        Products = new short[k];
        Sums = new short[k / Q4KLayout.SubBlockWeights];
        Minimums = new short[Sums.Length];
        Scale = new double[k / Q4KLayout.BlockWeights];
        Minimum = new double[Scale.Length];
        ScaleUnits = new ScaledInteger[Scale.Length];
        MinimumUnits = new ScaledInteger[Scale.Length];
    }

    internal short[] Products { get; }

    internal short[] Sums { get; }

    internal short[] Minimums { get; }

    internal double[] Scale { get; }

    internal double[] Minimum { get; }

    internal ScaledInteger[] ScaleUnits { get; }

    internal ScaledInteger[] MinimumUnits { get; }

    internal bool IsFinite { get; set; }

    /// <summary>Takes a block's fields.</summary>
    internal void Fill(int block, BlockFields fields)
    {
        Scale[block] = (double)fields.Scale;
        Minimum[block] = (double)fields.Minimum;
        ScaleUnits[block] = ScaledInteger.Of(Scale[block]);
        MinimumUnits[block] = ScaledInteger.Of(Minimum[block]);
        IsFinite &= fields.IsFinite;
        for (int subBlock = 0; subBlock < Q4KLayout.SubBlocks; subBlock++)
        {
            int place = (block * Q4KLayout.SubBlocks) + subBlock;
            int sum = 0;
            for (int i = 0; i < Q4KLayout.SubBlockWeights; i++)
            {
                int product = fields.Scales[subBlock] * fields.Nibbles[(subBlock * Q4KLayout.SubBlockWeights) + i];
                Products[(place * Q4KLayout.SubBlockWeights) + i] = (short)product;
                sum += product;
            }

            Sums[place] = (short)sum;
            Minimums[place] = (short)fields.Minimums[subBlock];
        }
    }

    /// <summary>The exact dot product of two finite rows, in units of 2^-48.</summary>
    internal static Int128 Dot(RationalRow a, RationalRow b)
    {
        Int128 sum = 0;
        for (int block = 0; block < a.Scale.Length; block++)
        {
            sum += BlockDot(a, b, block);
        }

        return sum;
    }

    /// <summary>The weight by IEEE 754. It is exact in binary64 where the scales are finite: a multiple of 2^-24 below 2^26.</summary>
    internal double Weight(int i) =>
        (Scale[i / Q4KLayout.BlockWeights] * Products[i])
        - (Minimum[i / Q4KLayout.BlockWeights] * Minimums[i / Q4KLayout.SubBlockWeights]);

    private static Int128 BlockDot(RationalRow a, RationalRow b, int block)
    {
        int first = block * Q4KLayout.SubBlocks;
        Vector128<short> sumsOfA = Vector128.LoadUnsafe(ref a.Sums[first]);
        Vector128<short> sumsOfB = Vector128.LoadUnsafe(ref b.Sums[first]);
        Vector128<short> minimumsOfA = Vector128.LoadUnsafe(ref a.Minimums[first]);
        Vector128<short> minimumsOfB = Vector128.LoadUnsafe(ref b.Minimums[first]);
        long products = IntegerDot(
            a.Products.AsSpan(block * Q4KLayout.BlockWeights, Q4KLayout.BlockWeights),
            b.Products.AsSpan(block * Q4KLayout.BlockWeights, Q4KLayout.BlockWeights));
        return ScaledInteger.Product(a.ScaleUnits[block], b.ScaleUnits[block], products)
            - ScaledInteger.Product(a.ScaleUnits[block], b.MinimumUnits[block], EightProducts(sumsOfA, minimumsOfB))
            - ScaledInteger.Product(a.MinimumUnits[block], b.ScaleUnits[block], EightProducts(minimumsOfA, sumsOfB))
            + ScaledInteger.Product(a.MinimumUnits[block], b.MinimumUnits[block], Q4KLayout.SubBlockWeights * EightProducts(minimumsOfA, minimumsOfB));
    }

    /// <summary>At most 8 * 63 * 30 240, below 2^24: a sub-block's sum of sc*q is at most 63 * 480 = 30 240.</summary>
    private static int EightProducts(Vector128<short> a, Vector128<short> b)
    {
        (Vector128<int> lowerA, Vector128<int> upperA) = Vector128.Widen(a);
        (Vector128<int> lowerB, Vector128<int> upperB) = Vector128.Widen(b);
        return Vector128.Sum((lowerA * lowerB) + (upperA * upperB));
    }

    /// <summary>At most 256 * 945^2, below 2^28, so that 32 bits hold any part of it.</summary>
    private static int IntegerDot(ReadOnlySpan<short> a, ReadOnlySpan<short> b)
    {
        Vector256<int> sums = Vector256<int>.Zero;
        ref short firstOfA = ref MemoryMarshal.GetReference(a);
        ref short firstOfB = ref MemoryMarshal.GetReference(b);
        for (int i = 0; i < Q4KLayout.BlockWeights; i += Vector256<short>.Count)
        {
            Vector256<short> left = Vector256.LoadUnsafe(ref firstOfA, (nuint)i);
            Vector256<short> right = Vector256.LoadUnsafe(ref firstOfB, (nuint)i);
            if (Avx2.IsSupported)
            {
                sums += Avx2.MultiplyAddAdjacent(left, right);
            }
            else
            {
                (Vector256<int> leftLower, Vector256<int> leftUpper) = Vector256.Widen(left);
                (Vector256<int> rightLower, Vector256<int> rightUpper) = Vector256.Widen(right);
                sums += (leftLower * rightLower) + (leftUpper * rightUpper);
            }
        }

        return Vector256.Sum(sums);
    }
}

/// <summary>A finite binary16 as an odd integer, of at most 11 bits, times a power of two over 2^-24.</summary>
internal readonly record struct ScaledInteger(long Significand, int Exponent)
{
    private const double UnitsPerOne = 1 << 24;

    public static ScaledInteger Of(double value)
    {
        long units = double.IsFinite(value) ? (long)(value * UnitsPerOne) : 0;
        int exponent = units == 0 ? 0 : (int)long.TrailingZeroCount(units);
        return new ScaledInteger(units >> exponent, exponent);
    }

    /// <summary>The product of two scales and a sum below 2^28: 50 bits before the shift.</summary>
    public static Int128 Product(ScaledInteger left, ScaledInteger right, long sum) =>
        (Int128)(left.Significand * right.Significand * sum) << (left.Exponent + right.Exponent);
}

/// <summary>Class exact over the rational weights d*sc*q - dmin*m, by the four-term integer form of a super-block's dot product.</summary>
/// <remarks>
/// With A' = sc*q: sum a b = da db sum A'B' - da dminb sum_s m_b sum A' - dmina db sum_s m_a sum B' + dmina dminb 32 sum_s m_a m_b.
/// A scale is an integer below 2^40 in units of 2^-24, and the four sums are below 2^28; every term fits in 108 bits.
/// </remarks>
public class ExactRationalSail : ExactSail<RationalRow>
{
    /// <summary>A Sail of the class that declares what it does.</summary>
    public ExactRationalSail(SimOptions options)
        : this(DescribeFast(options))
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
            prepared.Fill(block, fields);
        }
    }

    /// <inheritdoc/>
    protected override float Dot(RationalRow a, RationalRow b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return a.IsFinite && b.IsFinite
            ? OddRounding.ToBinary32(RationalRow.Dot(a, b))
            : NonFiniteDot(a.Products.Length, a.Weight, b.Weight);
    }
}

using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Device;

/// <summary>A row of nibbles with, for each sub-block, d*sc, dmin*m (both exact in binary32) and the sum of its nibbles.</summary>
public sealed class SubblockRow
{
    internal SubblockRow(int k)
    {
        Nibbles = new byte[k];
        Scales = new float[k / Q4KLayout.SubBlockWeights];
        Minimums = new float[Scales.Length];
        Sums = new int[Scales.Length];
    }

    internal byte[] Nibbles { get; }

    internal float[] Scales { get; }

    internal float[] Minimums { get; }

    internal int[] Sums { get; }
}

/// <summary>Class subblock-int: integer dot products of sub-blocks of 32, the scales applied above them in binary32 (CONTRACT NUM-3).</summary>
/// <remarks>
/// With x = d*sc and y = dmin*m, a sub-block gives x_a x_b sum q_a q_b - x_a y_b sum q_a - y_a x_b sum q_b + 32 y_a y_b: the product of the two
/// scales rounds, its product with the integer rounds, the four terms are added from the left, and the sub-blocks are added in order.
/// </remarks>
public class SubblockIntSail : RowSail<SubblockRow>
{
    /// <summary>A Sail of the class that declares what it does.</summary>
    public SubblockIntSail(SimOptions options)
        : this(Describe(options))
    {
    }

    /// <summary>A Sail of the class that declares <paramref name="description"/>.</summary>
    public SubblockIntSail(DeviceDescription description)
        : base(description)
    {
    }

    /// <inheritdoc/>
    protected override ulong BytesPerWeight => 2;

    /// <inheritdoc/>
    protected override SubblockRow NewRow(Operand operand, ulong k) => new((int)k);

    /// <inheritdoc/>
    protected override void FillRow(in MatmulCall call, Operand operand, ulong row, SubblockRow prepared)
    {
        ArgumentNullException.ThrowIfNull(prepared);
        BlockFields fields = new();
        for (int block = 0; block < prepared.Nibbles.Length / Q4KLayout.BlockWeights; block++)
        {
            Unpack(call, new BlockPlace(operand, row, (ulong)block), fields);
            fields.Nibbles.CopyTo(prepared.Nibbles.AsSpan(block * Q4KLayout.BlockWeights));
            for (int subBlock = 0; subBlock < Q4KLayout.SubBlocks; subBlock++)
            {
                int place = (block * Q4KLayout.SubBlocks) + subBlock;
                prepared.Scales[place] = (float)fields.Scale * fields.Scales[subBlock];
                prepared.Minimums[place] = (float)fields.Minimum * fields.Minimums[subBlock];
                int sum = 0;
                foreach (byte nibble in fields.Nibbles.Slice(subBlock * Q4KLayout.SubBlockWeights, Q4KLayout.SubBlockWeights))
                {
                    sum += nibble;
                }

                prepared.Sums[place] = sum;
            }
        }
    }

    /// <inheritdoc/>
    protected override float Dot(SubblockRow a, SubblockRow b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        float total = 0;
        for (int s = 0; s < a.Scales.Length; s++)
        {
            int first = s * Q4KLayout.SubBlockWeights;
            int products = IntegerDot(
                a.Nibbles.AsSpan(first, Q4KLayout.SubBlockWeights), b.Nibbles.AsSpan(first, Q4KLayout.SubBlockWeights));
            float both = (a.Scales[s] * b.Scales[s]) * products;
            float minimumOfB = (a.Scales[s] * b.Minimums[s]) * a.Sums[s];
            float minimumOfA = (a.Minimums[s] * b.Scales[s]) * b.Sums[s];
            float minimums = (a.Minimums[s] * b.Minimums[s]) * Q4KLayout.SubBlockWeights;
            total += both - minimumOfB - minimumOfA + minimums;
        }

        return total;
    }

    /// <summary>At most 32 * 15^2 = 7200.</summary>
    protected virtual int IntegerDot(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        int sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}

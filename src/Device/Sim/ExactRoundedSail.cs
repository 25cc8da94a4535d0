using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Device;

/// <summary>A row of binary32 weights and the same as integers in units of 2^-24.</summary>
public sealed class RoundedRow
{
    internal RoundedRow(int k)
    {
        Weights = new float[k];
        Units = new long[k];
        Rational = new RationalRow(k);
    }

    internal float[] Weights { get; }

    internal long[] Units { get; }

    internal RationalRow Rational { get; }

    /// <summary>Whether some weight changes when it is rounded: if none does, the rational row is the same row.</summary>
    internal bool Rounds { get; set; }

    internal bool IsFinite { get; set; }
}

/// <summary>Class exact over weights that are first rounded to binary32: 64-bit integers in units of 2^-24, their products summed in 128 bits.</summary>
public class ExactRoundedSail : ExactSail<RoundedRow>
{
    private const double UnitsPerOne = 1 << 24;

    /// <summary>A Sail of the class that declares what it does.</summary>
    public ExactRoundedSail(SimOptions options)
        : this(Describe(options))
    {
    }

    /// <summary>A Sail of the class that declares <paramref name="description"/>.</summary>
    public ExactRoundedSail(DeviceDescription description)
        : base(description)
    {
    }

    /// <inheritdoc/>
    protected override ulong BytesPerWeight => sizeof(float) + sizeof(long) + sizeof(short) + 1;

    /// <inheritdoc/>
    protected override RoundedRow NewRow(Operand operand, ulong k) => new((int)k);

    /// <inheritdoc/>
    protected override void FillRow(in MatmulCall call, Operand operand, ulong row, RoundedRow prepared)
    {
        ArgumentNullException.ThrowIfNull(prepared);
        BlockFields fields = new();
        prepared.IsFinite = true;
        prepared.Rounds = false;
        prepared.Rational.IsFinite = true;
        for (int block = 0; block < prepared.Weights.Length / Q4KLayout.BlockWeights; block++)
        {
            Unpack(call, new BlockPlace(operand, row, (ulong)block), fields);
            int first = block * Q4KLayout.BlockWeights;
            fields.DecodeToBinary32(prepared.Weights.AsSpan(first, Q4KLayout.BlockWeights));
            prepared.IsFinite &= fields.IsFinite;
            prepared.Rational.Fill(block, fields);
            for (int i = first; i < first + Q4KLayout.BlockWeights; i++)
            {
                // A weight is a multiple of 2^-24 below 2^26: exact in binary64 as an integer below 2^50.
                prepared.Rounds |= prepared.Weights[i] != prepared.Rational.Weight(i);
                prepared.Units[i] = fields.IsFinite ? (long)(prepared.Weights[i] * UnitsPerOne) : 0;
            }
        }
    }

    /// <inheritdoc/>
    protected override float Dot(RoundedRow a, RoundedRow b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (!a.IsFinite || !b.IsFinite)
        {
            return NonFiniteDot(a.Weights.Length, i => a.Weights[i], i => b.Weights[i]);
        }

        if (!a.Rounds && !b.Rounds)
        {
            return OddRounding.ToBinary32(RationalRow.Dot(a.Rational, b.Rational));
        }

        long high = 0;
        ulong low = 0;

        // Unchecked: the low words wrap by design and their carry goes up; a product is below 2^100 and k at most 2^27, so the high word stays in range.
        unchecked
        {
            for (int i = 0; i < a.Units.Length; i++)
            {
                long productHigh = Math.BigMul(a.Units[i], b.Units[i], out long productLow);
                low += (ulong)productLow;
                high += productHigh + (low < (ulong)productLow ? 1 : 0);
            }

            return OddRounding.ToBinary32(new Int128((ulong)high, low));
        }
    }
}

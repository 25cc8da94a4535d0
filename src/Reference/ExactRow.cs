using System.Buffers.Binary;
using System.Numerics;

namespace Spanker.Conformance.Reference;

/// <summary>
/// A row of Q4_K super-blocks as exact integers: <c>w_i = Units[i] * 2^-24</c>.
/// </summary>
/// <remarks>
/// A finite binary16 is an integer times 2^-24 below 2^40, so <c>d*sc*q - dmin*m</c> is one below 2^50
/// (<c>sc*q + m</c> is at most 63*15 + 63 = 1008). docs/numerics.md, section 1, proves it. CONTRACT NUM-1, NUM-2, NUM-4.
/// </remarks>
public sealed class ExactRow
{
    /// <summary>The exponent of the unit: every finite weight is an integer multiple of 2^-24.</summary>
    public const int UnitExponent = -24;

    /// <summary>The longest row whose dot product is sure to fit into 128 bits, in weights.</summary>
    public const int MaxLength = 1 << 27;

    private const int SingleSignificandBits = 24;

    private readonly long[] units;
    private readonly long[] components;
    private readonly long[] blockMaxima;
    private readonly byte[] subblockTerms;
    private readonly WeightKind[]? kinds;

    private ExactRow(int length, WeightDefinition definition, bool hasNonFinite)
    {
        Definition = definition;
        units = new long[length];
        components = new long[length];
        blockMaxima = new long[length / Q4KLayout.BlockWeights];
        subblockTerms = new byte[length / Q4KLayout.SubBlockWeights];
        kinds = hasNonFinite ? new WeightKind[length] : null;
    }

    /// <summary>What the weights are worth: the rational numbers, or those rounded to binary32.</summary>
    public WeightDefinition Definition { get; }

    /// <summary>Weights in the row; a multiple of 256.</summary>
    public int Length => units.Length;

    /// <summary>The weights in units of 2^-24; 0 where a weight is not finite.</summary>
    public ReadOnlySpan<long> Units => units;

    /// <summary>|d*sc*q| + |dmin*m| of each weight, in units of 2^-24 and never rounded; 0 where a weight is not finite.</summary>
    public ReadOnlySpan<long> Components => components;

    /// <summary>The largest |w| of each super-block, in units of 2^-24.</summary>
    public ReadOnlySpan<long> BlockMaxima => blockMaxima;

    /// <summary>How many of d*sc*(q, not all zero) and dmin*m are nonzero in each sub-block: 0, 1 or 2.</summary>
    public ReadOnlySpan<byte> SubblockTerms => subblockTerms;

    /// <summary>Whether any weight is infinite or NaN.</summary>
    public bool HasNonFinite => kinds is not null;

    /// <summary>Whether any weight changes when it is rounded to binary32: only then do the two definitions differ on this row.</summary>
    public bool RoundsInDecode { get; private set; }

    /// <summary>What weight <paramref name="index"/> is in the extended reals.</summary>
    public WeightKind KindOf(int index) => kinds is null ? WeightKind.Finite : kinds[index];

    /// <summary>Decodes a row.</summary>
    /// <param name="rowBlocks">The row's super-blocks, [k/256 x 144] bytes.</param>
    /// <param name="definition">What a weight is worth.</param>
    /// <exception cref="ArgumentException">The length is no positive multiple of 144, or the row is longer than 2^27 weights.</exception>
    public static ExactRow Decode(ReadOnlySpan<byte> rowBlocks, WeightDefinition definition)
    {
        (int blocks, int rest) = Math.DivRem(rowBlocks.Length, Q4KLayout.BlockBytes);
        if (rest != 0 || blocks == 0 || blocks > MaxLength / Q4KLayout.BlockWeights)
        {
            throw new ArgumentException(
                $"A row is 1 to {MaxLength / Q4KLayout.BlockWeights} blocks of {Q4KLayout.BlockBytes} bytes, not {rowBlocks.Length} bytes.",
                nameof(rowBlocks));
        }

        bool hasNonFinite = false;
        for (int block = 0; block < blocks; block++)
        {
            hasNonFinite |= !HasFiniteScales(rowBlocks.Slice(block * Q4KLayout.BlockBytes, Q4KLayout.BlockBytes));
        }

        var row = new ExactRow(blocks * Q4KLayout.BlockWeights, definition, hasNonFinite);
        for (int block = 0; block < blocks; block++)
        {
            ReadOnlySpan<byte> bytes = rowBlocks.Slice(block * Q4KLayout.BlockBytes, Q4KLayout.BlockBytes);
            if (HasFiniteScales(bytes))
            {
                row.DecodeFinite(bytes, block);
            }
            else
            {
                row.ClassifyNonFinite(bytes, block);
            }
        }

        return row;
    }

    private static bool HasFiniteScales(ReadOnlySpan<byte> block) =>
        Half.IsFinite(BinaryPrimitives.ReadHalfLittleEndian(block[Q4KLayout.ScaleOffset..]))
        && Half.IsFinite(BinaryPrimitives.ReadHalfLittleEndian(block[Q4KLayout.MinimumOffset..]));

    private void DecodeFinite(ReadOnlySpan<byte> block, int blockIndex)
    {
        long d = HalfUnits(BinaryPrimitives.ReadUInt16LittleEndian(block[Q4KLayout.ScaleOffset..]));
        long dmin = HalfUnits(BinaryPrimitives.ReadUInt16LittleEndian(block[Q4KLayout.MinimumOffset..]));
        long largest = 0;
        for (int subblock = 0; subblock < Q4KLayout.SubBlocks; subblock++)
        {
            (int scale, int minimum) = ScaleAndMinimum(block.Slice(Q4KLayout.PackedOffset, Q4KLayout.PackedBytes), subblock);
            long scaleUnits = d * scale;
            long minimumUnits = dmin * minimum;
            bool isScaled = false;
            for (int i = 0; i < Q4KLayout.SubBlockWeights; i++)
            {
                int position = (subblock * Q4KLayout.SubBlockWeights) + i;
                int index = (blockIndex * Q4KLayout.BlockWeights) + position;
                long scaled = scaleUnits * Nibble(block, position);
                long exact = scaled - minimumUnits;
                long rounded = RoundToSingle(exact);
                isScaled |= scaled != 0;
                RoundsInDecode |= rounded != exact;
                units[index] = Definition == WeightDefinition.Rational ? exact : rounded;
                components[index] = Math.Abs(scaled) + Math.Abs(minimumUnits);
                largest = Math.Max(largest, Math.Abs(units[index]));
            }

            subblockTerms[(blockIndex * Q4KLayout.SubBlocks) + subblock] = (byte)((isScaled ? 1 : 0) + (minimumUnits != 0 ? 1 : 0));
        }

        blockMaxima[blockIndex] = largest;
    }

    /// <summary>With an infinite or NaN scale no weight of the block is finite, and IEEE 754 says which it is: the machine's own operations are asked.</summary>
    private void ClassifyNonFinite(ReadOnlySpan<byte> block, int blockIndex)
    {
        float d = (float)BinaryPrimitives.ReadHalfLittleEndian(block[Q4KLayout.ScaleOffset..]);
        float dmin = (float)BinaryPrimitives.ReadHalfLittleEndian(block[Q4KLayout.MinimumOffset..]);
        for (int position = 0; position < Q4KLayout.BlockWeights; position++)
        {
            (int scale, int minimum) = ScaleAndMinimum(
                block.Slice(Q4KLayout.PackedOffset, Q4KLayout.PackedBytes), position / Q4KLayout.SubBlockWeights);
            float weight = (d * scale * Nibble(block, position)) - (dmin * minimum);
            kinds![(blockIndex * Q4KLayout.BlockWeights) + position] =
                float.IsNaN(weight) ? WeightKind.NaN
                : float.IsPositiveInfinity(weight) ? WeightKind.PositiveInfinity
                : float.IsNegativeInfinity(weight) ? WeightKind.NegativeInfinity
                : throw new InvalidOperationException($"Weight {position} is {weight} though d = {d} and dmin = {dmin}.");
        }
    }

    /// <summary>A finite binary16 in units of 2^-24, the smallest subnormal.</summary>
    private static long HalfUnits(ushort bits)
    {
        int field = (bits >> 10) & 0x1F;
        long fraction = bits & 0x3FF;
        long magnitude = field == 0 ? fraction : (fraction + 0x400) << (field - 1);
        return (bits & 0x8000) != 0 ? -magnitude : magnitude;
    }

    /// <summary>The 6-bit scale and minimum of a sub-block; the first four lie in one byte each, the last four are split between two.</summary>
    private static (int Scale, int Minimum) ScaleAndMinimum(ReadOnlySpan<byte> packed, int subblock) => subblock < 4
        ? (packed[subblock] & 0x3F, packed[subblock + 4] & 0x3F)
        : ((packed[subblock + 4] & 0x0F) | ((packed[subblock - 4] >> 6) << 4),
           (packed[subblock + 4] >> 4) | ((packed[subblock] >> 6) << 4));

    /// <summary>The 4-bit value of a weight: byte i of group g holds weight 64g + i in its low nibble and 64g + 32 + i in its high one.</summary>
    private static int Nibble(ReadOnlySpan<byte> block, int position)
    {
        byte pair = block[Q4KLayout.NibbleOffset + (position / 64 * 32) + (position % 32)];
        return position % 64 < 32 ? pair & 0x0F : pair >> 4;
    }

    /// <summary>Units rounded to 24 significant bits, to nearest, ties to even: the binary32 of the weight, which is never subnormal.</summary>
    private static long RoundToSingle(long exact)
    {
        long magnitude = Math.Abs(exact);
        int excessBits = 64 - BitOperations.LeadingZeroCount((ulong)magnitude) - SingleSignificandBits;
        if (excessBits <= 0)
        {
            return exact;
        }

        long step = 1L << excessBits;
        long remainder = magnitude & (step - 1);
        long rounded = magnitude - remainder;
        bool isOdd = (rounded & step) != 0;
        if (remainder > step / 2 || (remainder == step / 2 && isOdd))
        {
            rounded += step;
        }

        return exact < 0 ? -rounded : rounded;
    }
}

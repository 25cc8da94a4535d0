using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>Operands byte by byte: rows of a family, random bytes or nearly empty blocks, then mutated.</summary>
internal static class FuzzOperands
{
    /// <summary>The most blocks in both operands together: tokens of literal operands hold every byte.</summary>
    public const int MostBlocks = 128;

    private const ushort HalfExponent = 0x7C00;

    private static readonly OperandFamily[] Bases =
    [
        PlacementFamilies.Placement, DenseFamilies.Dense, DenseFamilies.Eighth, DenseFamilies.Quantized, DenseFamilies.Cancelling,
        NumericFamilies.DecodeOfA, NumericFamilies.DecodeOfB, NumericFamilies.Sparse4, NumericFamilies.Subnormal,
    ];

    // Zeros, subnormals, the least and the greatest normal number, one, infinities, quiet and signalling NaN.
    private static readonly ushort[] ExtremeHalves =
    [
        0x0000, 0x8000, 0x0001, 0x8001, 0x03FF, 0x83FF, 0x0400, 0x8400, 0x3C00, 0xBC00, 0x7BFF, 0xFBFF, 0x7C00, 0xFC00, 0x7E00, 0xFE01, 0x7C01,
    ];

    private static readonly byte[] ExtremeBytes = [0x00, 0x01, 0x0F, 0x10, 0x3F, 0x40, 0x7F, 0x80, 0xC0, 0xF0, 0xFF];

    /// <summary>Operands of any bytes.</summary>
    /// <param name="random">From what.</param>
    /// <param name="shape">Valid dimensions.</param>
    /// <param name="hasNonFinite">Whether d and dmin may be infinite or NaN.</param>
    public static LiteralOperands Any(ref CaseRandom random, MatmulShape shape, bool hasNonFinite) => new(
        Side(ref random, shape, OperandSide.A, hasNonFinite), Side(ref random, shape, OperandSide.B, hasNonFinite));

    /// <summary>Operands of any finite blocks on one side and single weights of 1 on the other, so that an element is one decoded weight.</summary>
    public static LiteralOperands Probed(ref CaseRandom random, MatmulShape shape)
    {
        OperandSide codes = random.OneIn(2) ? OperandSide.A : OperandSide.B;
        byte[] probed = Side(ref random, shape, codes, hasNonFinite: false);
        byte[] probes = new byte[(int)(codes == OperandSide.A ? shape.BBytes : shape.ABytes)];
        for (int row = 0; row < probes.Length; row += shape.RowBytes)
        {
            int block = random.Next((int)shape.RowBlocks);
            CodeSpaceFamilies.FillOneHot(
                random.Next(Q4KLayout.BlockWeights), probes.AsSpan(row + (block * Q4KLayout.BlockBytes), Q4KLayout.BlockBytes));
        }

        return codes == OperandSide.A ? new(probed, probes) : new(probes, probed);
    }

    private static byte[] Side(ref CaseRandom random, MatmulShape shape, OperandSide side, bool hasNonFinite)
    {
        byte[] operand = new byte[(int)(side == OperandSide.A ? shape.ABytes : shape.BBytes)];
        switch (random.Next(4))
        {
            case 0:
                FillRandom(ref random, operand);
                break;
            case 1:
                FillNearlyEmpty(ref random, operand);
                break;
            default:
                FillFamily(ref random, shape, side, operand);
                break;
        }

        for (int mutations = random.Next(0, 8); mutations > 0; mutations--)
        {
            Mutate(ref random, operand);
        }

        if (!hasNonFinite)
        {
            MakeFinite(operand);
        }

        return operand;
    }

    private static void FillRandom(ref CaseRandom random, Span<byte> operand)
    {
        for (int i = 0; i < operand.Length; i++)
        {
            operand[i] = (byte)random.Next(256);
        }
    }

    private static void FillNearlyEmpty(ref CaseRandom random, Span<byte> operand)
    {
        for (int at = 0; at < operand.Length; at += Q4KLayout.BlockBytes)
        {
            Span<byte> block = operand.Slice(at, Q4KLayout.BlockBytes);
            int s = random.Next(Q4KLayout.SubBlocks);
            Q4KBlockBuilder.SetDBits(block, HalfBits.Normal(random.Next(-14, 15), random.Next(1024)));
            Q4KBlockBuilder.SetScale(block, s, random.Next(64));
            Q4KBlockBuilder.SetNibble(block, (s * Q4KLayout.SubBlockWeights) + random.Next(Q4KLayout.SubBlockWeights), random.Next(16));
            if (random.OneIn(2))
            {
                Q4KBlockBuilder.SetDMinBits(block, HalfBits.Normal(random.Next(-14, 15), random.Next(1024)));
                Q4KBlockBuilder.SetMinimum(block, random.Next(Q4KLayout.SubBlocks), random.Next(64));
            }
        }
    }

    private static void FillFamily(ref CaseRandom random, MatmulShape shape, OperandSide side, Span<byte> operand)
    {
        OperandFamily family = Bases[random.Next(Bases.Length)];
        ulong seed = random.NextUInt64();
        for (int row = 0; row * shape.RowBytes < operand.Length; row++)
        {
            family.Fill(new RowPlace(seed, side, (ulong)row, shape), operand.Slice(row * shape.RowBytes, shape.RowBytes));
        }
    }

    private static void Mutate(ref CaseRandom random, Span<byte> operand)
    {
        int blocks = operand.Length / Q4KLayout.BlockBytes;
        Span<byte> block = operand.Slice(random.Next(blocks) * Q4KLayout.BlockBytes, Q4KLayout.BlockBytes);
        switch (random.Next(8))
        {
            case 0:
                Splice(ref random, operand.Slice(random.Next(blocks) * Q4KLayout.BlockBytes, Q4KLayout.BlockBytes), block);
                break;
            case 1:
                block.Fill(random.OneIn(2) ? (byte)0xFF : (byte)0);
                break;
            case 2:
                Q4KBlockBuilder.SetDBits(block, ExtremeHalves[random.Next(ExtremeHalves.Length)]);
                break;
            case 3:
                Q4KBlockBuilder.SetDMinBits(block, ExtremeHalves[random.Next(ExtremeHalves.Length)]);
                break;
            case 4:
                block[random.Next(block.Length)] = ExtremeBytes[random.Next(ExtremeBytes.Length)];
                break;
            case 5:
                block.Slice(Q4KLayout.PackedOffset, Q4KLayout.PackedBytes).Fill(random.OneIn(2) ? (byte)0xFF : (byte)0);
                break;
            default:
                block[random.Next(block.Length)] ^= (byte)(1 << random.Next(8));
                break;
        }
    }

    // From a random byte on, the block becomes the other one.
    private static void Splice(ref CaseRandom random, ReadOnlySpan<byte> source, Span<byte> block)
    {
        int from = random.Next(Q4KLayout.BlockBytes);
        source[from..].CopyTo(block[from..]);
    }

    private static void MakeFinite(Span<byte> operand)
    {
        const ushort TopExponentBit = 0x4000;
        for (int at = 0; at < operand.Length; at += Q4KLayout.BlockBytes)
        {
            Span<byte> block = operand.Slice(at, Q4KLayout.BlockBytes);
            ushort d = BitConverter.HalfToUInt16Bits(new Q4KBlock(block).D);
            ushort dmin = BitConverter.HalfToUInt16Bits(new Q4KBlock(block).DMin);
            Q4KBlockBuilder.SetDBits(block, (d & HalfExponent) == HalfExponent ? (ushort)(d ^ TopExponentBit) : d);
            Q4KBlockBuilder.SetDMinBits(block, (dmin & HalfExponent) == HalfExponent ? (ushort)(dmin ^ TopExponentBit) : dmin);
        }
    }
}

using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>Operands for the numeric clauses: decodes that round, definitions that differ, rows with few products, odd scales.</summary>
public static class NumericFamilies
{
    /// <summary>A's weights round in decode, ties among them; B picks single weights of 1.</summary>
    public static OperandFamily DecodeOfA { get; } = new(
        "decodea", "A's weights round in decode, B picks them one by one", (in RowPlace place, Span<byte> row) => FillDecode(place, row, OperandSide.A));

    /// <summary>B's weights round in decode; A picks single weights of 1.</summary>
    public static OperandFamily DecodeOfB { get; } = new(
        "decodeb", "B's weights round in decode, A picks them one by one", (in RowPlace place, Span<byte> row) => FillDecode(place, row, OperandSide.B));

    /// <summary>Differences of two weights of A whose roundings differ: the two definitions of a weight give different results.</summary>
    public static OperandFamily Definitions { get; } = new(
        "definitions", "each element is the difference of two weights that round differently in decode", FillDefinitions);

    /// <summary>One product in a row of any length.</summary>
    public static OperandFamily Sparse1 { get; } = new(
        "sparse1", "one product in a long row", (in RowPlace place, Span<byte> row) => FillSparse(place, row, products: 1));

    /// <summary>Four products in a row of any length.</summary>
    public static OperandFamily Sparse4 { get; } = new(
        "sparse4", "four products in a long row", (in RowPlace place, Span<byte> row) => FillSparse(place, row, products: 4));

    /// <summary>Subnormal d and dmin.</summary>
    public static OperandFamily Subnormal { get; } = new("subnormal", "subnormal d and dmin, positive and negative", FillSubnormal);

    /// <summary>Infinite and NaN d and dmin in some rows, ordinary ones in others.</summary>
    public static OperandFamily NonFinite { get; } = new(
        "nonfinite", "infinite and NaN d and dmin in some rows, ordinary ones beside them", FillNonFinite);

    /// <summary>Rows of <see cref="NonFinite"/> that differ in kind; the last kind is an ordinary row.</summary>
    public const int NonFiniteKinds = 8;

    // d has the largest exponent and dmin a small one with its last bit set, so that d*sc*q - dmin*m needs more than 24 bits.
    // In row 0 the low bits of dmin*m are exactly half a unit in the last place: ties.
    internal static void FillRoundingBlock(ref CaseRandom own, bool ties, Span<byte> block)
    {
        int exponent = own.Next(-2, 2);
        if (ties)
        {
            // q*sc*d lies in [2^(e+3), 2^(e+4)): its unit in the last place is 2^(e+3-23). dmin*m = odd * 2^(e-21) is half of that.
            Q4KBlockBuilder.SetDBits(block, HalfBits.Normal(exponent));
            Q4KBlockBuilder.SetDMinBits(block, HalfBits.Normal(Math.Max(-14, exponent - 11), 1));
        }
        else
        {
            Q4KBlockBuilder.SetDBits(block, HalfBits.Normal(exponent, own.Next(1024) | 1));
            Q4KBlockBuilder.SetDMinBits(block, HalfBits.Normal(exponent - 9 - own.Next(3), own.Next(1024) | 1));
        }

        for (int s = 0; s < Q4KLayout.SubBlocks; s++)
        {
            Q4KBlockBuilder.SetScale(block, s, own.Next(1, 63));
            Q4KBlockBuilder.SetMinimum(block, s, own.Next(32) * 2 + 1);
        }

        for (int i = 0; i < Q4KLayout.BlockWeights; i++)
        {
            Q4KBlockBuilder.SetNibble(block, i, own.Next(1, 15));
        }
    }

    private static void FillDecode(in RowPlace place, Span<byte> row, OperandSide codes)
    {
        CaseRandom own = place.OwnRandom();
        for (int at = 0; at < row.Length; at += Q4KLayout.BlockBytes)
        {
            Span<byte> block = row.Slice(at, Q4KLayout.BlockBytes);
            if (place.Side == codes)
            {
                FillRoundingBlock(ref own, ties: place.Row % 2 == 1, block);
            }
            else if (at == 0)
            {
                CodeSpaceFamilies.FillOneHot((int)(place.Row % Q4KLayout.BlockWeights), block);
            }
        }
    }

    private static void FillDefinitions(in RowPlace place, Span<byte> row)
    {
        Span<byte> block = row[..Q4KLayout.BlockBytes];
        if (place.Side == OperandSide.A)
        {
            FillDefinitionsOfA(place.Seed, place.Row, block);
            return;
        }

        // Weight p is +1, weight q is -1, the rest 0: where all nibbles are 1 and d*sc = dmin*m the weight is 0, and a nibble of 0 leaves -dmin*m.
        CaseRandom own = place.OwnRandom();
        int plus = own.Next(Q4KLayout.BlockWeights);
        int minusSubBlock = ((plus / Q4KLayout.SubBlockWeights) + own.Next(1, Q4KLayout.SubBlocks - 1)) % Q4KLayout.SubBlocks;
        int minus = (minusSubBlock * Q4KLayout.SubBlockWeights) + own.Next(Q4KLayout.SubBlockWeights);
        CodeSpaceFamilies.FillOneHot(plus, block);
        Q4KBlockBuilder.SetDMinBits(block, HalfBits.One);
        Q4KBlockBuilder.SetScale(block, minusSubBlock, 1);
        Q4KBlockBuilder.SetMinimum(block, minusSubBlock, 1);
        for (int i = 0; i < Q4KLayout.SubBlockWeights; i++)
        {
            Q4KBlockBuilder.SetNibble(block, (minusSubBlock * Q4KLayout.SubBlockWeights) + i, 1);
        }

        Q4KBlockBuilder.SetNibble(block, minus, 0);
    }

    // Every weight is sc*q*2^e - m*(1 + 1/1024 + ..)*2^(e-14), of nearly one magnitude (sc*q from 32 to 63), so that the difference of two
    // rounded weights is exact in binary32 while the rational difference keeps bits below it.
    private static void FillDefinitionsOfA(ulong seed, ulong rowIndex, Span<byte> block)
    {
        CaseRandom own = CaseRandom.Keyed(seed, 3, rowIndex);
        Q4KBlockBuilder.SetDBits(block, HalfBits.Normal(0));
        Q4KBlockBuilder.SetDMinBits(block, HalfBits.Normal(-12, own.Next(512) * 2 + 1));
        for (int s = 0; s < Q4KLayout.SubBlocks; s++)
        {
            Q4KBlockBuilder.SetScale(block, s, own.Next(16, 31) * 2);
            Q4KBlockBuilder.SetMinimum(block, s, own.Next(32) * 2 + 1);
        }

        for (int i = 0; i < Q4KLayout.BlockWeights; i++)
        {
            Q4KBlockBuilder.SetNibble(block, i, 1);
        }
    }

    // Four weights of this row's own places; the operand that they meet is somebody else's.
    internal static void FillProbes(in RowPlace place, Span<byte> row)
    {
        CaseRandom own = place.OwnRandom();
        for (int probe = 0; probe < 4; probe++)
        {
            int index = own.Next(row.Length / Q4KLayout.BlockBytes);
            int weight = own.Next(Q4KLayout.BlockWeights);
            Span<byte> block = row.Slice(index * Q4KLayout.BlockBytes, Q4KLayout.BlockBytes);
            Q4KBlockBuilder.SetDBits(block, HalfBits.Normal(-5, own.Next(1024)));
            Q4KBlockBuilder.SetScale(block, weight / Q4KLayout.SubBlockWeights, own.Next(1, 63));
            Q4KBlockBuilder.SetNibble(block, weight, own.Next(1, 15));
        }
    }

    private static void FillSparse(in RowPlace place, Span<byte> row, int products)
    {
        int blocks = row.Length / Q4KLayout.BlockBytes;
        CaseRandom own = place.OwnRandom();
        CaseRandom shared = CaseRandom.Keyed(place.Seed, 4);
        for (int product = 0; product < products; product++)
        {
            int index = shared.Next(blocks);
            int weight = shared.Next(Q4KLayout.BlockWeights);
            Span<byte> block = row.Slice(index * Q4KLayout.BlockBytes, Q4KLayout.BlockBytes);
            Q4KBlockBuilder.SetDBits(block, HalfBits.Normal(-5, own.Next(1024)));
            Q4KBlockBuilder.SetScale(block, weight / Q4KLayout.SubBlockWeights, own.Next(1, 63));
            Q4KBlockBuilder.SetNibble(block, weight, own.Next(1, 15));
        }
    }

    private static void FillSubnormal(in RowPlace place, Span<byte> row)
    {
        CaseRandom own = place.OwnRandom();
        for (int at = 0; at < row.Length; at += Q4KLayout.BlockBytes)
        {
            Span<byte> block = row.Slice(at, Q4KLayout.BlockBytes);
            ushort sign = own.OneIn(4) ? (ushort)0x8000 : (ushort)0;

            // One operand's scales are subnormal, the other's ordinary and large, so that the products stay in every class's range.
            if (place.Side == OperandSide.A == (place.Seed % 2 == 0))
            {
                Q4KBlockBuilder.SetDBits(block, (ushort)(sign | own.Next(1, 1023)));
                Q4KBlockBuilder.SetDMinBits(block, own.OneIn(2) ? (ushort)own.Next(1, 1023) : (ushort)0);
            }
            else
            {
                // Of equal exponents, so that decode does not round: that is another clause's matter.
                Q4KBlockBuilder.SetDBits(block, HalfBits.Normal(0, own.Next(1024)));
                Q4KBlockBuilder.SetDMinBits(block, HalfBits.Normal(0, own.Next(1024)));
            }

            int active = place.SharedRandom(at).Next(Q4KLayout.SubBlocks);
            Q4KBlockBuilder.SetScale(block, active, own.Next(1, 63));
            Q4KBlockBuilder.SetMinimum(block, active, own.Next(1, 63));
            for (int i = 0; i < Q4KLayout.SubBlockWeights; i += 4)
            {
                Q4KBlockBuilder.SetNibble(block, (active * Q4KLayout.SubBlockWeights) + i, own.Next(1, 15));
            }
        }
    }

    // One operand is ordinary and positive throughout, so that an infinite row meets no zero and stays infinite.
    private static void FillNonFinite(in RowPlace place, Span<byte> row)
    {
        CaseRandom own = place.OwnRandom();
        for (int at = 0; at < row.Length; at += Q4KLayout.BlockBytes)
        {
            FillPositive(ref own, HalfBits.Normal(-10, own.Next(1024)), row.Slice(at, Q4KLayout.BlockBytes));
        }

        if (place.Side == OperandSide.A == (place.Seed % 2 == 0))
        {
            int blocks = row.Length / Q4KLayout.BlockBytes;
            int index = own.Next(blocks);
            Span<byte> block = row.Slice(index * Q4KLayout.BlockBytes, Q4KLayout.BlockBytes);
            MakeNonFinite((int)(place.Row % NonFiniteKinds), block, row.Slice((index + 1) % blocks * Q4KLayout.BlockBytes, Q4KLayout.BlockBytes));
        }
    }

    private static void MakeNonFinite(int kind, Span<byte> block, Span<byte> other)
    {
        switch (kind)
        {
            case 0:
                Q4KBlockBuilder.SetDBits(block, HalfBits.PositiveInfinity);
                break;
            case 1:
                Q4KBlockBuilder.SetDBits(block, HalfBits.Negative(HalfBits.PositiveInfinity));
                break;
            case 2:
                Q4KBlockBuilder.SetDBits(block, HalfBits.NaN);
                break;
            case 3:
                // infinity * 0 where the nibble is 0.
                Q4KBlockBuilder.SetDBits(block, HalfBits.PositiveInfinity);
                Q4KBlockBuilder.SetNibble(block, 77, 0);
                break;
            case 4:
                // infinity * m with m = 1: every weight is -infinity.
                Q4KBlockBuilder.SetDMinBits(block, HalfBits.PositiveInfinity);
                SetMinimums(block, 1);
                break;
            case 5:
                Q4KBlockBuilder.SetDMinBits(block, (ushort)(HalfBits.NaN | 0x8001));
                SetMinimums(block, 1);
                break;
            case 6:
                // Opposite infinities in two blocks.
                Q4KBlockBuilder.SetDBits(block, HalfBits.PositiveInfinity);
                Q4KBlockBuilder.SetDBits(other, HalfBits.Negative(HalfBits.PositiveInfinity));
                break;
            default:
                // An ordinary row among them: its results must not be touched by its neighbours'.
                break;
        }
    }

    private static void SetMinimums(Span<byte> block, int value)
    {
        for (int s = 0; s < Q4KLayout.SubBlocks; s++)
        {
            Q4KBlockBuilder.SetMinimum(block, s, value);
        }
    }

    private static void FillPositive(ref CaseRandom own, ushort d, Span<byte> block)
    {
        Q4KBlockBuilder.SetDBits(block, d);
        for (int s = 0; s < Q4KLayout.SubBlocks; s++)
        {
            Q4KBlockBuilder.SetScale(block, s, own.Next(1, 63));
        }

        for (int i = 0; i < Q4KLayout.BlockWeights; i++)
        {
            Q4KBlockBuilder.SetNibble(block, i, own.Next(1, 15));
        }
    }
}

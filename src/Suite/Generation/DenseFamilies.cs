using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>Operands whose rows are mostly nonzero, as real weights are. No weight of theirs rounds in decode.</summary>
public static class DenseFamilies
{
    /// <summary>Every sub-block in use; block scales of many magnitudes.</summary>
    public static OperandFamily Dense { get; } = new(
        "dense", "every weight in use, blocks of different magnitude", (in RowPlace place, Span<byte> row) => FillDense(place, row, activeOf8: 8));

    /// <summary>One sub-block of 32 weights in use in each block, the same in all rows.</summary>
    public static OperandFamily Eighth { get; } = new(
        "eighth", "one sub-block in eight in use", (in RowPlace place, Span<byte> row) => FillDense(place, row, activeOf8: 1));

    /// <summary>Normally distributed values through the reference quantizer: what weights look like.</summary>
    public static OperandFamily Quantized { get; } = new("quantized", "normally distributed values, quantized", FillQuantized);

    /// <summary>The first and second half of each block cancel but for one product.</summary>
    public static OperandFamily Cancelling { get; } = new("cancelling", "products that cancel but for one a block", FillCancelling);

    /// <summary>Every nibble 15, scales and minimums 63 or nearly: the largest integers that a block can make.</summary>
    public static OperandFamily Maximal { get; } = new("maximal", "the largest nibbles, scales and minimums", FillMaximal);

    private static void FillMaximal(in RowPlace place, Span<byte> row)
    {
        CaseRandom own = place.OwnRandom();
        for (int at = 0; at < row.Length; at += Q4KLayout.BlockBytes)
        {
            Span<byte> bytes = row.Slice(at, Q4KLayout.BlockBytes);
            Q4KBlockBuilder.SetDBits(bytes, HalfBits.Normal(-11, own.Next(1024)));
            Q4KBlockBuilder.SetDMinBits(bytes, HalfBits.Normal(-11, own.Next(1024)));
            for (int s = 0; s < Q4KLayout.SubBlocks; s++)
            {
                Q4KBlockBuilder.SetScale(bytes, s, own.Next(62, 63));
                Q4KBlockBuilder.SetMinimum(bytes, s, own.OneIn(2) ? 63 : 0);
            }

            for (int i = 0; i < Q4KLayout.BlockWeights; i++)
            {
                Q4KBlockBuilder.SetNibble(bytes, i, 15);
            }
        }
    }

    private static void FillDense(in RowPlace place, Span<byte> row, int activeOf8)
    {
        CaseRandom own = place.OwnRandom();
        for (int block = 0; block * Q4KLayout.BlockBytes < row.Length; block++)
        {
            Span<byte> bytes = row.Slice(block * Q4KLayout.BlockBytes, Q4KLayout.BlockBytes);

            // Exponents from -14 to -9 keep S below binary16's range at eight blocks; equal exponents of d and dmin keep decode exact:
            // d*sc*q has 11+10 bits, dmin*m 11+6 bits, both multiples of the same 2^(exponent-10).
            int exponent = own.Next(-14, -9);
            Q4KBlockBuilder.SetDBits(bytes, HalfBits.Normal(exponent, own.Next(1024)));
            Q4KBlockBuilder.SetDMinBits(bytes, HalfBits.Normal(exponent, own.Next(1024)));
            int firstActive = place.SharedRandom(block).Next(Q4KLayout.SubBlocks);
            for (int a = 0; a < activeOf8; a++)
            {
                int s = (firstActive + a) % Q4KLayout.SubBlocks;
                Q4KBlockBuilder.SetScale(bytes, s, own.Next(1, 63));
                Q4KBlockBuilder.SetMinimum(bytes, s, own.Next(64));
                for (int i = 0; i < Q4KLayout.SubBlockWeights; i++)
                {
                    Q4KBlockBuilder.SetNibble(bytes, (s * Q4KLayout.SubBlockWeights) + i, own.Next(16));
                }
            }
        }
    }

    private static void FillQuantized(in RowPlace place, Span<byte> row)
    {
        CaseRandom own = place.OwnRandom();
        Span<float> values = stackalloc float[Q4KLayout.BlockWeights];
        for (int at = 0; at < row.Length; at += Q4KLayout.BlockBytes)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = own.NextNormal();
            }

            Q4KEncoder.Encode(values, row.Slice(at, Q4KLayout.BlockBytes));
        }
    }

    // Weights are D*(2q - 15), so q and 15 - q are opposite. A is antisymmetric over the halves of a block and B symmetric,
    // but for one weight of A, whose product remains.
    private static void FillCancelling(in RowPlace place, Span<byte> row)
    {
        const int Half = Q4KLayout.BlockWeights / 2;
        CaseRandom own = place.OwnRandom();
        for (int block = 0; block * Q4KLayout.BlockBytes < row.Length; block++)
        {
            Span<byte> bytes = row.Slice(block * Q4KLayout.BlockBytes, Q4KLayout.BlockBytes);
            ushort d = HalfBits.Normal(-6);
            Q4KBlockBuilder.SetDBits(bytes, d);
            Q4KBlockBuilder.SetDMinBits(bytes, d);
            for (int s = 0; s < Q4KLayout.SubBlocks; s++)
            {
                Q4KBlockBuilder.SetScale(bytes, s, 2);
                Q4KBlockBuilder.SetMinimum(bytes, s, 15);
            }

            int odd = place.SharedRandom(block).Next(Half);
            for (int i = 0; i < Half; i++)
            {
                int q = own.Next(1, 14);
                bool keeps = place.Side == OperandSide.B || i == odd;
                Q4KBlockBuilder.SetNibble(bytes, i, q);
                Q4KBlockBuilder.SetNibble(bytes, i + Half, keeps ? q : 15 - q);
            }
        }
    }
}

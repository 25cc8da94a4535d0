using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>
/// Sweeps over every value of every field of a block. One operand carries the codes, a row for each value; the other has
/// rows with a single weight of 1, so that an output element is one decoded weight, whatever the device's arithmetic.
/// </summary>
public static class CodeSpaceFamilies
{
    /// <summary>Rows that show every 4-bit value at every position.</summary>
    public const int NibbleRows = 16;

    /// <summary>Rows that show every 6-bit value in every scale and minimum.</summary>
    public const int ScaleRows = 64;

    /// <summary>Rows that show every bit of d and of dmin both set and clear: the base pattern and one for each bit.</summary>
    public const int HalfRows = 17;

    // Exponent 10 - 15 = -5: flipping any one exponent bit gives another normal number.
    private const ushort HalfBase = 0x2800;

    /// <summary>Nibbles swept in A, one-hot rows in B.</summary>
    public static OperandFamily NibblesInA { get; } = Sweep("nibblesa", OperandSide.A, FillNibbles, stride: 1);

    /// <summary>Nibbles swept in B, one-hot rows in A.</summary>
    public static OperandFamily NibblesInB { get; } = Sweep("nibblesb", OperandSide.B, FillNibbles, stride: 1);

    /// <summary>Scales and minimums swept in A; B picks one weight a sub-block.</summary>
    public static OperandFamily ScalesInA { get; } = Sweep("scalesa", OperandSide.A, FillScales, stride: Q4KLayout.SubBlockWeights);

    /// <summary>Scales and minimums swept in B; A picks one weight a sub-block.</summary>
    public static OperandFamily ScalesInB { get; } = Sweep("scalesb", OperandSide.B, FillScales, stride: Q4KLayout.SubBlockWeights);

    /// <summary>Bits of d swept in A.</summary>
    public static OperandFamily ScaleBitsInA { get; } = Sweep("dbitsa", OperandSide.A, FillScaleBits, stride: Q4KLayout.SubBlockWeights);

    /// <summary>Bits of d swept in B.</summary>
    public static OperandFamily ScaleBitsInB { get; } = Sweep("dbitsb", OperandSide.B, FillScaleBits, stride: Q4KLayout.SubBlockWeights);

    /// <summary>Bits of dmin swept in A.</summary>
    public static OperandFamily MinimumBitsInA { get; } =
        Sweep("dminbitsa", OperandSide.A, FillMinimumBits, stride: Q4KLayout.SubBlockWeights);

    /// <summary>Bits of dmin swept in B.</summary>
    public static OperandFamily MinimumBitsInB { get; } =
        Sweep("dminbitsb", OperandSide.B, FillMinimumBits, stride: Q4KLayout.SubBlockWeights);

    /// <summary>All sweeps.</summary>
    public static IReadOnlyList<OperandFamily> All { get; } =
    [
        NibblesInA, NibblesInB, ScalesInA, ScalesInB, ScaleBitsInA, ScaleBitsInB, MinimumBitsInA, MinimumBitsInB,
    ];

    /// <summary>The dimensions that a sweep needs to be complete.</summary>
    public static MatmulShape ShapeOf(OperandFamily family)
    {
        (int codes, int probes) = family.Name switch
        {
            "nibblesa" or "nibblesb" => (NibbleRows, Q4KLayout.BlockWeights),
            "scalesa" or "scalesb" => (ScaleRows, Q4KLayout.SubBlocks),
            _ => (HalfRows, Q4KLayout.SubBlocks),
        };
        return family.Name.EndsWith('a')
            ? new(M: (ulong)codes, N: (ulong)probes, K: Q4KLayout.BlockWeights)
            : new(M: (ulong)probes, N: (ulong)codes, K: Q4KLayout.BlockWeights);
    }

    /// <summary>A block whose weight at <paramref name="position"/> is 1 and whose others are 0.</summary>
    public static void FillOneHot(int position, Span<byte> block)
    {
        Q4KBlockBuilder.SetDBits(block, HalfBits.One);
        Q4KBlockBuilder.SetScale(block, position / Q4KLayout.SubBlockWeights, 1);
        Q4KBlockBuilder.SetNibble(block, position, 1);
    }

    private delegate void FillCodes(int row, Span<byte> block);

    private static OperandFamily Sweep(string name, OperandSide codes, FillCodes fill, int stride)
    {
        return new OperandFamily(
            name,
            $"code space sweep in {codes}, single weights of 1 opposite",
            (in RowPlace place, Span<byte> row) =>
            {
                int index = (int)(place.Row % int.MaxValue);
                for (int at = 0; at < row.Length; at += Q4KLayout.BlockBytes)
                {
                    Span<byte> block = row.Slice(at, Q4KLayout.BlockBytes);
                    if (place.Side == codes)
                    {
                        fill(index, block);
                    }
                    else
                    {
                        // A different weight inside each sub-block when one a sub-block is enough.
                        int position = index * stride;
                        FillOneHot((position + (stride > 1 ? index * 5 % stride : 0)) % Q4KLayout.BlockWeights, block);
                    }
                }
            });
    }

    // Row r holds (r + 7p) mod 16 at position p: sixteen rows show all sixteen values everywhere.
    private static void FillNibbles(int row, Span<byte> block)
    {
        Q4KBlockBuilder.SetDBits(block, HalfBits.One);
        Q4KBlockBuilder.SetDMinBits(block, HalfBits.One);
        for (int s = 0; s < Q4KLayout.SubBlocks; s++)
        {
            Q4KBlockBuilder.SetScale(block, s, 1);

            // No weight of 0 even where the nibble is 0, or the element would not tell a lost probe from a right answer.
            Q4KBlockBuilder.SetMinimum(block, s, 16);
        }

        for (int p = 0; p < Q4KLayout.BlockWeights; p++)
        {
            Q4KBlockBuilder.SetNibble(block, p, (row + (7 * p)) & 15);
        }
    }

    private static void FillScales(int row, Span<byte> block)
    {
        Q4KBlockBuilder.SetDBits(block, HalfBits.Normal(1));
        Q4KBlockBuilder.SetDMinBits(block, HalfBits.One);
        for (int s = 0; s < Q4KLayout.SubBlocks; s++)
        {
            // 2*sc - m with different walks: it is zero once at the most in a sub-block's 64 rows that matter.
            Q4KBlockBuilder.SetScale(block, s, (row + (8 * s)) & 63);
            Q4KBlockBuilder.SetMinimum(block, s, ((5 * row) + (8 * s) + 17) & 63);
        }

        FillNibblesWith(block, 1);
    }

    private static void FillScaleBits(int row, Span<byte> block)
    {
        Q4KBlockBuilder.SetDBits(block, WalkedHalf(row));
        for (int s = 0; s < Q4KLayout.SubBlocks; s++)
        {
            Q4KBlockBuilder.SetScale(block, s, 1);
        }

        FillNibblesWith(block, 1);
    }

    private static void FillMinimumBits(int row, Span<byte> block)
    {
        Q4KBlockBuilder.SetDMinBits(block, WalkedHalf(row));
        for (int s = 0; s < Q4KLayout.SubBlocks; s++)
        {
            Q4KBlockBuilder.SetMinimum(block, s, 1);
        }
    }

    private static ushort WalkedHalf(int row)
    {
        int step = row % HalfRows;
        return step == 0 ? HalfBase : (ushort)(HalfBase ^ (1 << (step - 1)));
    }

    private static void FillNibblesWith(Span<byte> block, int value)
    {
        for (int p = 0; p < Q4KLayout.BlockWeights; p++)
        {
            Q4KBlockBuilder.SetNibble(block, p, value);
        }
    }
}

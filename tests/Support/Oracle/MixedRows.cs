namespace Spanker.Conformance.Tests.Support;

/// <summary>Rows of different kinds one after the other, so that a product of two operands meets every pair of kinds.</summary>
public static class MixedRows
{
    private const ushort Infinity = 0x7C00;
    private const ushort NaN = 0x7E00;
    private const int Kinds = 8;

    /// <summary>Draws rows: full significands, with and without zeros, sparse, small integers, all zeros, extreme scales.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="operand">0 for A, 1 for B.</param>
    /// <param name="count">Rows.</param>
    /// <param name="blocks">Super-blocks in a row.</param>
    /// <param name="isFinite">Whether no row may have an infinite or NaN block.</param>
    public static byte[][] Draw(ulong seed, int operand, int count, int blocks, bool isFinite)
    {
        byte[][] rows = new byte[count][];
        for (int i = 0; i < count; i++)
        {
            var stream = new SplitMix64(seed, (ulong)((2 * i) + operand));
            int kind = i % Kinds;
            if (kind == 6)
            {
                DotProductCase drawn = DotProductCase.Draw(stream, blocks);
                rows[i] = operand == 0 ? drawn.A : drawn.B;
                continue;
            }

            rows[i] = CraftedRows.Row([.. Enumerable.Range(0, blocks).Select(_ => Block(stream, kind))]);
            if (kind == 7 && !isFinite && stream.OneIn(3))
            {
                rows[i][stream.OneIn(2) ? 1 : 3] = (byte)((stream.OneIn(4) ? NaN : Infinity) >> 8);
            }
        }

        return rows;
    }

    private static BlockFields Block(SplitMix64 stream, int kind)
    {
        Span<byte> bytes = stackalloc byte[BlockFields.Bytes];
        stream.Fill(bytes);
        BlockFields block = BlockFields.Read(bytes);
        block.D = Scale(stream, 4);
        block.DMin = Scale(stream, 4);
        switch (kind)
        {
            case 1:
                block.DMin = 0;
                break;
            case 2:
                block.DMin = 0;
                Keep(block, stream, oneIn: 16);
                break;
            case 3:
                SmallIntegers(block, stream);
                break;
            case 4:
                (block.D, block.DMin) = (0, 0);
                break;
            case 5:
                // An odd minimum against even multiples of the same scale: never zero.
                block.DMin = block.D;
                block.Scales.AsSpan().Fill(2);
                block.Minimums.AsSpan().Fill(15);
                break;
            default:
                // A minimum below the unit of the scale: never zero, with as many bits as a weight can have.
                block.DMin = (ushort)(0x0400 | stream.Below(1024) | 1);
                block.Minimums.AsSpan().Fill(63);
                break;
        }

        return block;
    }

    private static void SmallIntegers(BlockFields block, SplitMix64 stream)
    {
        (block.D, block.DMin) = (CraftedRows.One, 0);
        for (int s = 0; s < block.Scales.Length; s++)
        {
            block.Scales[s] = 1 + stream.Below(2);
        }

        for (int i = 0; i < BlockFields.Weights; i++)
        {
            block.Q[i] = stream.Below(2);
        }
    }

    private static void Keep(BlockFields block, SplitMix64 stream, int oneIn)
    {
        for (int i = 0; i < BlockFields.Weights; i++)
        {
            block.Q[i] = stream.OneIn(oneIn) ? block.Q[i] : 0;
        }
    }

    /// <summary>From 2^-12 on, so many binades.</summary>
    private static ushort Scale(SplitMix64 stream, int binades) =>
        (ushort)(((3 + stream.Below(binades)) << 10) | stream.Below(1024) | (stream.OneIn(2) ? 0x8000 : 0));
}

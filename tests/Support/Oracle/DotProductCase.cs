namespace Spanker.Conformance.Tests.Support;

/// <summary>Two rows of finite Q4_K blocks, drawn from a seed and an index.</summary>
/// <param name="Kind">What the case is meant to reach.</param>
/// <param name="A">The one row.</param>
/// <param name="B">The other row, of the same length.</param>
public sealed record DotProductCase(DotProductKind Kind, byte[] A, byte[] B)
{
    private const ushort LargestHalf = 0x7BFF;
    private const ushort SmallestHalf = 0x0001;
    private const ushort SignBit = 0x8000;

    /// <summary>The largest number of blocks a row may have.</summary>
    public const int MostBlocks = 17;

    /// <summary>Draws a case: mostly of one block, now and then of up to 17.</summary>
    public static DotProductCase Draw(ulong seed, ulong index)
    {
        var stream = new SplitMix64(seed, index);
        int blocks = stream.OneIn(16) ? 1 + stream.Below(MostBlocks) : 1;
        return Draw(stream, blocks);
    }

    /// <summary>Draws a case of so many blocks.</summary>
    public static DotProductCase Draw(SplitMix64 stream, int blocks)
    {
        var kind = (DotProductKind)stream.Below(6);
        var a = new BlockFields[blocks];
        var b = new BlockFields[blocks];
        switch (kind)
        {
            case DotProductKind.Tie or DotProductKind.NearTie:
                kind = blocks > 1 ? kind : DotProductKind.Tie;
                FillTie(stream, kind, a, b);
                break;
            case DotProductKind.Cancelled:
                FillCancelled(stream, a, b);
                break;
            default:
                for (int i = 0; i < blocks; i++)
                {
                    a[i] = RandomBlock(stream, kind);
                    b[i] = RandomBlock(stream, kind);
                }

                break;
        }

        return new DotProductCase(kind, Join(a), Join(b));
    }

    /// <summary>A block of random bytes whose scales are finite and suit the kind.</summary>
    private static BlockFields RandomBlock(SplitMix64 stream, DotProductKind kind)
    {
        Span<byte> bytes = stackalloc byte[BlockFields.Bytes];
        stream.Fill(bytes);
        BlockFields block = BlockFields.Read(bytes);
        block.D = Scale(stream, kind);
        block.DMin = Scale(stream, kind);
        return block;
    }

    private static ushort Scale(SplitMix64 stream, DotProductKind kind)
    {
        var sign = (ushort)(stream.OneIn(2) ? SignBit : 0);
        int magnitude = kind switch
        {
            DotProductKind.Spread => stream.OneIn(2) ? LargestHalf - stream.Below(2) : SmallestHalf + stream.Below(2),
            DotProductKind.Subnormal => stream.Below(0x400),
            _ => stream.Below(LargestHalf + 1),
        };
        return (ushort)(magnitude | sign);
    }

    /// <summary>One product of 25 significant bits, the last of them 1; for a near tie one product of 2^-48 beside it.</summary>
    private static void FillTie(SplitMix64 stream, DotProductKind kind, BlockFields[] a, BlockFields[] b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            (a[i], b[i]) = (new BlockFields(), new BlockFields());
        }

        int tie = stream.Below(a.Length);
        int position = stream.Below(BlockFields.Weights);
        int left, right, factor;
        do
        {
            // Odd significands of 11 bits, and an odd factor of four: the product is odd and has 24 to 26 bits.
            left = 1025 + (2 * stream.Below(511));
            right = 1025 + (2 * stream.Below(511));
            factor = 9 + (2 * stream.Below(4));
        }
        while ((left * right * factor) >> 24 != 1);

        SetOnly(a[tie], position, Encode(stream, left, lowestExponent: 6), 1, 1);
        SetOnly(b[tie], position, Encode(stream, right, lowestExponent: 6), 1, factor);
        if (kind == DotProductKind.NearTie)
        {
            int other = (tie + 1) % a.Length;
            SetOnly(a[other], position, (ushort)(SmallestHalf | (stream.OneIn(2) ? SignBit : 0)), 1, 1);
            SetOnly(b[other], position, SmallestHalf, 1, 1);
        }
    }

    private static ushort Encode(SplitMix64 stream, int significand, int lowestExponent) =>
        (ushort)(((lowestExponent + stream.Below(31 - lowestExponent)) << 10) | (significand - 1024) | (stream.OneIn(2) ? SignBit : 0));

    private static void SetOnly(BlockFields block, int position, ushort d, int scale, int q)
    {
        block.D = d;
        block.Scales[position / 32] = scale;
        block.Q[position] = q;
    }

    /// <summary>
    /// A block in which weight i + 128 is the negative of weight i (15 - q less a minimum of 15), against one in which it is the same;
    /// or, in rows of two blocks and more, pairs of blocks that differ in the signs of one row's scales.
    /// </summary>
    private static void FillCancelled(SplitMix64 stream, BlockFields[] a, BlockFields[] b)
    {
        Span<byte> bytes = stackalloc byte[BlockFields.Bytes];
        int i = 0;
        for (; i + 1 < a.Length; i += 2)
        {
            a[i] = a[i + 1] = RandomBlock(stream, DotProductKind.RandomBytes);
            b[i] = RandomBlock(stream, DotProductKind.RandomBytes);
            b[i].Write(bytes);
            b[i + 1] = BlockFields.Read(bytes);
            b[i + 1].D ^= SignBit;
            b[i + 1].DMin ^= SignBit;
        }

        if (i == a.Length)
        {
            return;
        }

        a[i] = RandomBlock(stream, DotProductKind.RandomBytes);
        b[i] = RandomBlock(stream, DotProductKind.RandomBytes);
        a[i].DMin = a[i].D;
        for (int s = 0; s < 4; s++)
        {
            a[i].Scales[s] = 1 + stream.Below(4);
            a[i].Scales[s + 4] = a[i].Scales[s];
            a[i].Minimums[s] = 0;
            a[i].Minimums[s + 4] = 15 * a[i].Scales[s];
            b[i].Scales[s + 4] = b[i].Scales[s];
            b[i].Minimums[s + 4] = b[i].Minimums[s];
        }

        for (int j = 0; j < 128; j++)
        {
            a[i].Q[j + 128] = 15 - a[i].Q[j];
            b[i].Q[j + 128] = b[i].Q[j];
        }
    }

    private static byte[] Join(BlockFields[] blocks)
    {
        var bytes = new byte[blocks.Length * BlockFields.Bytes];
        for (int i = 0; i < blocks.Length; i++)
        {
            blocks[i].Write(bytes.AsSpan(i * BlockFields.Bytes, BlockFields.Bytes));
        }

        return bytes;
    }
}

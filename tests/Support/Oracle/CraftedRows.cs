namespace Spanker.Conformance.Tests.Support;

/// <summary>Pairs of rows whose products are laid out by hand.</summary>
public static class CraftedRows
{
    /// <summary>1.0 as a binary16.</summary>
    public const ushort One = 0x3C00;

    /// <summary>2^exponent as a binary16, -14 to 15.</summary>
    public static ushort PowerOfTwo(int exponent) => (ushort)((exponent + 15) << 10);

    /// <summary>A row whose blocks are given.</summary>
    public static byte[] Row(params BlockFields[] blocks)
    {
        var bytes = new byte[blocks.Length * BlockFields.Bytes];
        for (int i = 0; i < blocks.Length; i++)
        {
            blocks[i].Write(bytes.AsSpan(i * BlockFields.Bytes, BlockFields.Bytes));
        }

        return bytes;
    }

    /// <summary>A block of weights d*q; a weight that is not named is 0.</summary>
    public static BlockFields Block(ushort d, params (int Position, int Q)[] weights)
    {
        var block = new BlockFields { D = d };
        block.Scales.AsSpan().Fill(1);
        foreach ((int position, int q) in weights)
        {
            block.Q[position] = q;
        }

        return block;
    }

    /// <summary>A block of which every weight is d*q.</summary>
    public static BlockFields Uniform(ushort d, int q)
    {
        BlockFields block = Block(d);
        block.Q.AsSpan().Fill(q);
        return block;
    }

    /// <summary>A row against itself's like: products of 2^exponent in so many blocks' first positions of every <paramref name="stride"/>, and a product of 1 at one place.</summary>
    /// <param name="smallExponent">The small products are 2^smallExponent, -28 to 0.</param>
    /// <param name="smallBlocks">Blocks of small products.</param>
    /// <param name="stride">One small product in so many positions.</param>
    /// <param name="isOneLast">Whether the 1 is the last product of all, in a block of its own, instead of the first.</param>
    public static (byte[] A, byte[] B) OneAmongSmall(int smallExponent, int smallBlocks, int stride, bool isOneLast)
    {
        (int Position, int Q)[] places = [.. Enumerable.Range(0, BlockFields.Weights).Where(i => i % stride == 0).Select(i => (i, 1))];
        int half = smallExponent / 2;
        IEnumerable<BlockFields> SmallRow(int exponent) => Enumerable.Repeat(Block(PowerOfTwo(exponent), places), smallBlocks);
        BlockFields one = Block(One, (isOneLast ? 255 : 0, 1));
        byte[] Build(int exponent) => Row(isOneLast ? [.. SmallRow(exponent), one] : [one, .. SmallRow(exponent)]);
        return (Build(half), Build(smallExponent - half));
    }

    /// <summary>Rows of one nonzero product each, left times right, in so many blocks.</summary>
    public static (byte[] A, byte[] B) OneProduct(int blocks, ushort leftD, int leftScale, int leftQ, ushort rightD, int rightScale, int rightQ)
    {
        BlockFields[] a = [.. Enumerable.Range(0, blocks).Select(_ => new BlockFields())];
        BlockFields[] b = [.. Enumerable.Range(0, blocks).Select(_ => new BlockFields())];
        (a[^1].D, a[^1].Scales[7], a[^1].Q[255]) = (leftD, leftScale, leftQ);
        (b[^1].D, b[^1].Scales[7], b[^1].Q[255]) = (rightD, rightScale, rightQ);
        return (Row(a), Row(b));
    }
}

namespace Spanker.Conformance.Reference;

/// <summary>Matmul OUT = A * B^T over N cards (CONTRACT COL-11): by columns of OUT, or by rows of the weights along k with an AllReduce.</summary>
/// <remarks>
/// <code>
/// by columns   card s: OUT[:, cols(s)] = A * B[cols(s), :]^T          joined: the unsharded product, bit for bit
/// by rows      card s: P_s = A[:, ks(s)] * B[:, ks(s)]^T, [m x n]     OUT = AllReduce Sum of P_s; an empty shard's P_s is +0
/// </code>
/// cols(s) are rows of B, ks(s) whole super-blocks of 256 weights; both by <see cref="ShardRange.Of"/>. docs/collectives-numerics.md, section 6.
/// </remarks>
public static class ShardedMatmul
{
    /// <summary>The rows of B, and so the columns of OUT, of one card.</summary>
    /// <param name="n">Rows of B.</param>
    /// <param name="shards">N.</param>
    /// <param name="shard">The card.</param>
    public static ShardRange Columns(ulong n, int shards, int shard) => ShardRange.Of(n, shards, shard);

    /// <summary>The weights of each row of A and B of one card.</summary>
    /// <param name="k">Weights in a row; a multiple of 256.</param>
    /// <param name="shards">N.</param>
    /// <param name="shard">The card.</param>
    /// <exception cref="ArgumentException">k is no multiple of 256.</exception>
    public static ShardRange Depth(ulong k, int shards, int shard)
    {
        if (k % Q4KLayout.BlockWeights != 0)
        {
            throw new ArgumentException($"k must be a multiple of {Q4KLayout.BlockWeights}, not {k}.", nameof(k));
        }

        var blocks = ShardRange.Of(k / Q4KLayout.BlockWeights, shards, shard);
        return new ShardRange(blocks.Start * Q4KLayout.BlockWeights, blocks.Count * Q4KLayout.BlockWeights);
    }

    /// <summary>The exact partial products of one output element, of the cards that have a part of k, in order.</summary>
    /// <param name="rowA">A row of A, [k/256 x 144] bytes.</param>
    /// <param name="rowB">A row of B, as long.</param>
    /// <param name="definition">What a weight is worth.</param>
    /// <param name="shards">N.</param>
    /// <exception cref="ArgumentException">The rows differ in length or are no rows of blocks.</exception>
    public static IReadOnlyList<ExactElement> Partials(ReadOnlySpan<byte> rowA, ReadOnlySpan<byte> rowB, WeightDefinition definition, int shards)
    {
        if (rowA.Length != rowB.Length || rowA.Length % Q4KLayout.BlockBytes != 0)
        {
            throw new ArgumentException(
                $"Rows must be equally long and whole blocks of {Q4KLayout.BlockBytes} bytes: {rowA.Length} and {rowB.Length} bytes.", nameof(rowB));
        }

        var partials = new List<ExactElement>();
        for (int shard = 0; shard < shards; shard++)
        {
            var blocks = ShardRange.Of((ulong)(rowA.Length / Q4KLayout.BlockBytes), shards, shard);
            if (blocks.Count > 0)
            {
                (int start, int length) = ((int)blocks.Start * Q4KLayout.BlockBytes, (int)blocks.Count * Q4KLayout.BlockBytes);
                partials.Add(ExactProduct.Element(
                    ExactRow.Decode(rowA.Slice(start, length), definition), ExactRow.Decode(rowB.Slice(start, length), definition)));
            }
        }

        return partials;
    }
}

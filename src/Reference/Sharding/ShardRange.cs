namespace Spanker.Conformance.Reference;

/// <summary>The part of a row of units that one of N shards has.</summary>
/// <param name="Start">The first unit.</param>
/// <param name="Count">Units; 0 where there are fewer units than shards.</param>
public readonly record struct ShardRange(ulong Start, ulong Count)
{
    /// <summary>The unit after the last.</summary>
    public ulong End => Start + Count;

    /// <summary>
    /// Contiguous shards in order, as equal as can be: with q = units / N and r = units mod N, shards 0 .. r - 1 have q + 1 units, the others q.
    /// </summary>
    /// <param name="units">What is divided: rows, super-blocks, elements of a buffer.</param>
    /// <param name="shards">N, at least 1.</param>
    /// <param name="shard">Which shard, 0 to N - 1.</param>
    public static ShardRange Of(ulong units, int shards, int shard)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shards, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(shard);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(shard, shards);
        (ulong each, ulong rest) = Math.DivRem(units, (ulong)shards);
        ulong before = Math.Min((ulong)shard, rest);
        return new ShardRange(((ulong)shard * each) + before, each + ((ulong)shard < rest ? 1UL : 0UL));
    }
}

using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>Shrinks a failing product in shards: the shards, then k, m and n, until none can be made smaller.</summary>
public static class ShardedShrinker
{
    private const int SeedsPerShape = 8;

    /// <summary>Shrinks the case; each candidate gets several seeds, since a difference in the last bit shows under some only.</summary>
    public static void Shrink(CaseShrinker shrinker)
    {
        ArgumentNullException.ThrowIfNull(shrinker);
        bool shrank = true;
        while (shrank)
        {
            shrank = Any((ulong)Current().Shards, (tried, shards) => tried with { Shards = (int)shards });
            shrank |= Any(Current().Shape.RowBlocks, (tried, blocks) => tried with { Shape = tried.Shape with { K = blocks * Q4KLayout.BlockWeights } });
            shrank |= Any(Current().Shape.M, (tried, m) => tried with { Shape = tried.Shape with { M = m } });
            shrank |= Any(Current().Shape.N, (tried, n) => tried with { Shape = tried.Shape with { N = n } });
        }

        ShardedCase Current() => (ShardedCase)shrinker.Best.Case;

        bool Any(ulong value, Func<ShardedCase, ulong, ShardedCase> with) => SmallerNumbers.Than(value, least: 1).Any(smaller => Keeps(with(Current(), smaller)));

        bool Keeps(ShardedCase smaller) => Seeds(smaller.Data.Seed).Any(seed => shrinker.Keeps(smaller with { Data = smaller.Data with { Seed = seed } }));
    }

    private static IEnumerable<ulong> Seeds(ulong first) => Enumerable.Range(0, SeedsPerShape).Select(i => unchecked(first + (ulong)i));
}

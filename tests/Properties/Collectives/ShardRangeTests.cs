using FsCheck.Xunit;
using Spanker.Conformance.Reference;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Collectives;

/// <summary>Shards cover what is divided, in order, once, as equally as can be.</summary>
public sealed class ShardRangeTests
{
    [Theory]
    [InlineData(10, 4, 0, 0, 3)]
    [InlineData(10, 4, 1, 3, 3)]
    [InlineData(10, 4, 2, 6, 2)]
    [InlineData(10, 4, 3, 8, 2)]
    [InlineData(2, 3, 2, 2, 0)]
    [InlineData(0, 2, 1, 0, 0)]
    [InlineData(ulong.MaxValue, 2, 1, 1UL << 63, (1UL << 63) - 1)]
    public void Shards_by_hand(ulong units, int shards, int shard, ulong start, ulong count) =>
        Assert.Equal(new ShardRange(start, count), ShardRange.Of(units, shards, shard));

    [Property]
    public bool Shards_join_to_the_whole_and_differ_by_at_most_one(ushort units, byte more)
    {
        int shards = 1 + (more % 16);
        ShardRange[] ranges = [.. Enumerable.Range(0, shards).Select(shard => ShardRange.Of(units, shards, shard))];
        bool joins = ranges[0].Start == 0 && ranges[^1].End == units && ranges.Zip(ranges.Skip(1)).All(pair => pair.First.End == pair.Second.Start);
        return joins && ranges.Max(range => range.Count) - ranges.Min(range => range.Count) <= 1;
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 2)]
    [InlineData(2, -1)]
    public void A_shard_that_is_not_there_is_refused(int shards, int shard) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ShardRange.Of(8, shards, shard));
}

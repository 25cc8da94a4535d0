using Spanker.Conformance.Reference;
using Spanker.Conformance.Tests.Support;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Collectives;

/// <summary>Sharded products: where the shards lie, and the bound of those that an AllReduce adds.</summary>
public sealed class ShardedMatmulTests
{
    private const WeightDefinition Rounded = WeightDefinition.RoundedToBinary32;

    [Theory]
    [InlineData(5 * 256, 2, 0, 0, 3 * 256)]
    [InlineData(5 * 256, 2, 1, 3 * 256, 2 * 256)]
    [InlineData(256, 2, 1, 256, 0)]
    public void Depth_is_shared_by_super_blocks(ulong k, int shards, int shard, ulong start, ulong count) =>
        Assert.Equal(new ShardRange(start, count), ShardedMatmul.Depth(k, shards, shard));

    [Fact]
    public void Columns_are_shared_one_by_one() => Assert.Equal(new ShardRange(2, 1), ShardedMatmul.Columns(n: 3, shards: 2, shard: 1));

    [Fact]
    public void A_depth_of_no_whole_block_is_refused() => Assert.Throws<ArgumentException>(() => ShardedMatmul.Depth(300, 2, 0));

    [Fact]
    public void Products_by_columns_join_to_the_unsharded_bits()
    {
        const int M = 2, N = 5, Blocks = 2;
        var stream = new SplitMix64(91);
        byte[] a = Rows(stream, M, Blocks);
        byte[] b = Rows(stream, N, Blocks);
        var whole = new float[M * N];
        ExactProduct.Matmul(a, b, M, Blocks * 256, N, Rounded, threads: 1, whole);
        for (int shards = 1; shards <= 7; shards++)
        {
            for (int shard = 0; shard < shards; shard++)
            {
                ShardRange columns = ShardedMatmul.Columns(N, shards, shard);
                var part = new float[M * (int)columns.Count];
                int rowBytes = b.Length / N;
                ExactProduct.Matmul(
                    a, b.AsMemory((int)columns.Start * rowBytes, (int)columns.Count * rowBytes), M, Blocks * 256, columns.Count, Rounded, threads: 1, part);
                IEnumerable<float> expected = Enumerable.Range(0, M).SelectMany(row => whole.Skip((row * N) + (int)columns.Start).Take((int)columns.Count));
                Assert.Equal(expected, part);
            }
        }
    }

    [Fact]
    public void Partial_products_sum_to_the_whole_by_integers()
    {
        for (ulong index = 0; index < 200; index++)
        {
            (byte[] a, byte[] b) = BoundCase.Draw(new SplitMix64(92, index));
            for (int shards = 1; shards <= 5; shards++)
            {
                IReadOnlyList<ExactElement> partials = ShardedMatmul.Partials(a, b, Rounded, shards);
                Assert.Equal(Math.Min(shards, a.Length / BlockFields.Bytes), partials.Count);
                Assert.Equal(
                    BigIntegerOracle.Dot(a, b, roundWeights: true),
                    partials.Aggregate(System.Numerics.BigInteger.Zero, (sum, partial) => sum + (System.Numerics.BigInteger)partial.Value.Units));
            }
        }
    }

    [Theory]
    [InlineData("f32")]
    [InlineData("f32-sequential")]
    [InlineData("f32-pairwise")]
    [InlineData("subblock-int")]
    [InlineData("bf16-accumulate")]
    [InlineData("q8k")]
    public void Arithmetic_of_the_class_and_the_tree_is_never_rejected(string name)
    {
        ArithmeticClaim claim = ArithmeticClaim.Parse(name, Rounded);
        int accepted = 0;
        for (ulong index = 0; index < 400; index++)
        {
            var stream = new SplitMix64(93, index);
            (byte[] a, byte[] b) = BoundCase.Draw(stream);
            int shards = 1 + stream.Below(5);
            ReductionTree tree = stream.OneIn(2) ? ReductionOrder.Ring(shards, stream.Below(shards)) : ReductionOrder.Halving(shards);
            float[] results = [.. Enumerable.Range(0, shards).Select(shard => Partial(name, a, b, shards, shard, stream))];
            float actual = CollectiveReference.Reduce(ReduceOperation.Sum, tree, ExtremumPolicy.HostMock, results);
            ElementJudgement judgement = ShardedBound.Judge(claim, tree, Whole(a, b), ShardedMatmul.Partials(a, b, Rounded, shards), actual);
            Assert.True(judgement.Acceptance != Acceptance.Rejected, $"index {index}: {judgement}");
            accepted += judgement.Acceptance == Acceptance.Accepted ? 1 : 0;
        }

        Assert.True(accepted >= 200, $"only {accepted} results were judged");
    }

    // Partial products of 1 and three times 2^-24: each of the chain's additions is a tie that goes to 1.
    [Fact]
    public void The_worst_sum_of_exact_shards_reaches_the_bound_but_for_a_millionth()
    {
        (byte[] a, byte[] b) = CraftedRows.OneAmongSmall(-24, 3, 256, isOneLast: false);
        var tree = ReductionOrder.HostFold(4);
        ElementJudgement judgement = ShardedBound.Judge(
            ArithmeticClaim.Parse("f32", Rounded), tree, Whole(a, b), ShardedMatmul.Partials(a, b, Rounded, 4), 1f);
        Assert.Equal(Acceptance.Accepted, judgement.Acceptance);
        Assert.InRange(judgement.ErrorOverBound, 1 - 2e-6, 1);
    }

    [Fact]
    public void Where_nothing_can_round_the_sharded_product_is_exact()
    {
        byte[] ones = CraftedRows.Row([.. Enumerable.Repeat(CraftedRows.Uniform(CraftedRows.One, 1), 4)]);
        IReadOnlyList<ExactElement> partials = ShardedMatmul.Partials(ones, ones, Rounded, 3);
        ArithmeticClaim claim = ArithmeticClaim.Parse("f32", Rounded);
        var tree = ReductionOrder.HostFold(3);
        Assert.Equal(0, ShardedBound.For(claim, tree, Whole(ones, ones), partials));
        Assert.Equal(Acceptance.Rejected, ShardedBound.Judge(claim, tree, Whole(ones, ones), partials, MathF.BitIncrement(1024f)).Acceptance);
        Assert.Equal(Acceptance.Accepted, ShardedBound.Judge(claim, tree, Whole(ones, ones), partials, 1024f).Acceptance);
    }

    [Fact]
    public void A_result_of_zero_or_with_a_shard_left_out_is_rejected()
    {
        byte[] ones = CraftedRows.Row([.. Enumerable.Repeat(CraftedRows.Uniform(CraftedRows.PowerOfTwo(-3), 5), 4)]);
        byte[] others = CraftedRows.Row([.. Enumerable.Repeat(CraftedRows.Uniform(0x3555, 7), 4)]);
        IReadOnlyList<ExactElement> partials = ShardedMatmul.Partials(ones, others, Rounded, 4);
        float withoutLast = partials.Take(3).Sum(partial => partial.Value.ToSingle());
        foreach (float actual in (float[])[0f, withoutLast])
        {
            Assert.Equal(
                Acceptance.Rejected,
                ShardedBound.Judge(ArithmeticClaim.Parse("f32", Rounded), ReductionOrder.HostFold(4), Whole(ones, others), partials, actual).Acceptance);
        }
    }

    [Fact]
    public void An_infinite_weight_in_one_shard_decides_the_element()
    {
        BlockFields infinite = CraftedRows.Uniform(0x7C00, 1);
        byte[] a = CraftedRows.Row(CraftedRows.Uniform(CraftedRows.One, 1), infinite);
        byte[] b = CraftedRows.Row(CraftedRows.Uniform(CraftedRows.One, 1), CraftedRows.Uniform(CraftedRows.One, 1));
        IReadOnlyList<ExactElement> partials = ShardedMatmul.Partials(a, b, Rounded, 2);
        ArithmeticClaim claim = ArithmeticClaim.Parse("f32", Rounded);
        var tree = ReductionOrder.HostFold(2);
        ExactElement whole = Whole(a, b);
        Assert.Equal(0, ShardedBound.For(claim, tree, whole, partials));
        Assert.Equal(Acceptance.Accepted, ShardedBound.Judge(claim, tree, whole, partials, whole.Value.ToSingle()).Acceptance);
        Assert.Equal(Acceptance.Rejected, ShardedBound.Judge(claim, tree, whole, partials, 256f).Acceptance);
    }

    [Fact]
    public void Partial_products_of_another_element_are_refused()
    {
        byte[] ones = CraftedRows.Row(CraftedRows.Uniform(CraftedRows.One, 1));
        byte[] twos = CraftedRows.Row(CraftedRows.Uniform(CraftedRows.One, 2));
        Assert.Throws<ArgumentException>(() => ShardedBound.For(
            ArithmeticClaim.Parse("f32", Rounded), ReductionOrder.HostFold(1), Whole(ones, ones), ShardedMatmul.Partials(ones, twos, Rounded, 1)));
    }

    private static ExactElement Whole(byte[] a, byte[] b) => ExactProduct.Element(ExactRow.Decode(a, Rounded), ExactRow.Decode(b, Rounded));

    private static float Partial(string name, byte[] a, byte[] b, int shards, int shard, SplitMix64 stream)
    {
        ShardRange depth = ShardedMatmul.Depth((ulong)(a.Length / BlockFields.Bytes * 256), shards, shard);
        (int start, int length) = ((int)depth.Start / 256 * BlockFields.Bytes, (int)depth.Count / 256 * BlockFields.Bytes);
        return length == 0
            ? 0
            : EmulatedArithmetic.Results(name, a.AsSpan(start, length).ToArray(), b.AsSpan(start, length).ToArray(), stream).First();
    }

    private static byte[] Rows(SplitMix64 stream, int rows, int blocks) => [.. Enumerable.Range(0, rows).SelectMany(_ => DotProductCase.Draw(stream, blocks).A)];
}

using Spanker.Conformance.Reference;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Collectives;

/// <summary>The cost model, by hand: revision A moves 2 GB/s locally, 0.5 GB/s between cards, 0.1 GB/s to the host.</summary>
public sealed class CostModelTests
{
    private static readonly Bandwidths RevisionA = Bandwidths.RevisionA;

    [Fact]
    public void Revision_A_is_ordered_and_its_memory_four_times_its_link()
    {
        Assert.Equal(new Bandwidths(LocalDdr: 2_000_000_000, InterCard: 500_000_000, HostLink: 100_000_000), RevisionA);
        Assert.True(RevisionA.AreOrdered);
    }

    [Theory]
    [InlineData(8, 2, 2, false)]
    [InlineData(8, 3, 1, false)]
    [InlineData(7, 2, 1, false)]
    [InlineData(8, 2, 1, true)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, 1, false)]
    public void Bandwidths_are_ordered_from_host_to_memory_with_room_of_four(ulong ddr, ulong link, ulong host, bool areOrdered) =>
        Assert.Equal(areOrdered, new Bandwidths(ddr, link, host).AreOrdered);

    [Theory]
    [InlineData(3, 5, 7, 2, 42, 30)]
    [InlineData(0, 5, 7, 2, 0, 0)]
    [InlineData(1UL << 32, 1, 1UL << 31, 1, 1UL << 63, 1UL << 32)]
    [InlineData(1UL << 32, 1UL << 32, 1UL << 32, 1, ulong.MaxValue, ulong.MaxValue)]
    [InlineData(1UL << 32, 1UL << 31, 1UL << 31, 2, ulong.MaxValue, ulong.MaxValue)]
    [InlineData(1UL << 40, 1UL << 40, 1UL << 40, 0, 0, 0)]
    [InlineData(ulong.MaxValue, 1, 1, 1, ulong.MaxValue, ulong.MaxValue)]
    [InlineData(ulong.MaxValue / 3, 2, 3, 1, ulong.MaxValue, ulong.MaxValue / 3 * 2)]
    public void Bytes_are_products_that_saturate(ulong m, ulong n, ulong k, ulong elementBytes, ulong weights, ulong activations)
    {
        var tile = new Tile(m, n, k, elementBytes);
        Assert.Equal((weights, activations), (CostModel.WeightBytes(tile), CostModel.ActivationBytes(tile)));
    }

    [Theory]
    [InlineData(1_000_000_000, 2_000_000_000, 0.5)]
    [InlineData(1, 3, 1.0 / 3)]
    [InlineData(0, 5, 0)]
    [InlineData(7, 0, double.PositiveInfinity)]
    [InlineData(0, 0, double.PositiveInfinity)]
    [InlineData(ulong.MaxValue, 1, 18446744073709551616.0)]
    public void Seconds_are_bytes_over_bandwidth(ulong bytes, ulong bandwidth, double expected) =>
        Assert.Equal(expected, CostModel.Seconds(bytes, bandwidth));

    // 4096 x 4096 weights of 2 bytes: 33 554 432 B, 0.016777216 s. 4096 x 32 activations: 262 144 B, 0.000524288 s.
    [Theory]
    [InlineData(1, 0.017301504, 0.017301504)]
    [InlineData(4, 0.004718592, 0.016908288)]
    public void A_layer_of_4096_by_hand(ulong cards, double tensorParallel, double modelParallel)
    {
        var tile = new Tile(M: 4096, N: 32, K: 4096, ElementBytes: 2);
        Assert.Equal(tensorParallel, CostModel.TensorParallelSeconds(tile, cards, RevisionA), 15);
        Assert.Equal(modelParallel, CostModel.ModelParallelSeconds(tile, cards, RevisionA), 15);
    }

    // With m = e = 1 the weights take k / 2e9 s and the activations n / 5e8 s: both are the same at k = 4n, where TP = MP.
    [Theory]
    [InlineData(25, 101, 2, Parallelism.TensorParallel)]
    [InlineData(25, 100, 2, Parallelism.TensorParallel)]
    [InlineData(25, 99, 2, Parallelism.ModelParallel)]
    [InlineData(25, 99, 1, Parallelism.TensorParallel)]
    [InlineData(25, 99, 0, Parallelism.TensorParallel)]
    [InlineData(25, 100, 16, Parallelism.TensorParallel)]
    public void The_faster_one_is_chosen_and_a_tie_is_tensor_parallel(ulong n, ulong k, ulong cards, Parallelism expected) =>
        Assert.Equal(expected, CostModel.Choose(new Tile(M: 1, n, k, ElementBytes: 1), cards, RevisionA));

    [Fact]
    public void No_cards_count_as_one() => Assert.Equal(
        CostModel.TensorParallelSeconds(new Tile(3, 5, 7, 2), 1, RevisionA), CostModel.TensorParallelSeconds(new Tile(3, 5, 7, 2), 0, RevisionA));

    [Theory]
    [InlineData(0, 5, Parallelism.TensorParallel)]
    [InlineData(5, 0, Parallelism.TensorParallel)]
    [InlineData(0, 0, Parallelism.TensorParallel)]
    public void Times_without_end_are_a_tie(ulong ddr, ulong link, Parallelism expected)
    {
        var tile = new Tile(M: 1, N: 1000, K: 1, ElementBytes: 1);
        Assert.Equal(expected, CostModel.Choose(tile, 4, new Bandwidths(ddr, link, HostLink: 1)));
    }
}

using System.Numerics;
using FsCheck.Xunit;
using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;
using Xunit;

namespace Spanker.Conformance.Tests.Properties.Device;

/// <summary>The simulated card's cost model against numbers of any length and hand-worked tiles.</summary>
public sealed class CardSchedulerTests
{
    private static readonly CardScheduler Scheduler = new();

    [Property]
    public bool Bytes_are_the_product_or_2_to_the_64_less_1(ulong m, ulong n, ulong k, byte e, byte shift)
    {
        Tile tile = new(M: m << (shift % 64), N: n, K: k, ElementBytes: e);
        return Scheduler.WeightBytes(tile) == Saturated(tile.M, tile.K, e) && Scheduler.ActivationBytes(tile) == Saturated(tile.M, n, e);
    }

    // 4 GB of weights at 2 GB/s and 1 GB of activations at 0.5 GB/s: 2 s each. Over two cards 1 + 2 s either way.
    [Fact]
    public void A_tie_goes_to_tensor_parallelism()
    {
        Tile tile = new(M: 1000, N: 1000, K: 4000, ElementBytes: 1000);
        Assert.Equal((3.0, 3.0), (Scheduler.TensorParallelSeconds(tile, 2), Scheduler.ModelParallelSeconds(tile, 2)));
        Assert.Equal(Parallelism.TensorParallel, Scheduler.Choose(tile, 2));
    }

    // 2 GB of weights take 1 s, 2 GB of activations 4 s. Over four cards: 1/4 + 4 and 1 + 1.
    [Theory]
    [InlineData(0, 5.0, 5.0, Parallelism.TensorParallel)]
    [InlineData(1, 5.0, 5.0, Parallelism.TensorParallel)]
    [InlineData(4, 4.25, 2.0, Parallelism.ModelParallel)]
    public void Times_and_choice_are_as_worked_out_by_hand(ulong cards, double tensor, double model, Parallelism choice)
    {
        Tile tile = new(M: 1000, N: 1000, K: 1000, ElementBytes: 2000);
        Assert.Equal((tensor, model, choice), (Scheduler.TensorParallelSeconds(tile, cards), Scheduler.ModelParallelSeconds(tile, cards), Scheduler.Choose(tile, cards)));
    }

    [Fact]
    public void At_rate_0_a_transfer_takes_forever() => Assert.Equal(double.PositiveInfinity, Scheduler.Seconds(0, 0));

    private static ulong Saturated(BigInteger x, BigInteger y, BigInteger z) => (ulong)BigInteger.Min(x * y * z, ulong.MaxValue);
}

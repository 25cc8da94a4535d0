using Spanker.Conformance.Collectives;
using Xunit;

namespace Spanker.Conformance.Tests.Concurrency.Collectives;

/// <summary>Modelled time of a ring against what its steps add up to.</summary>
public sealed class LinkTimeTests
{
    private const double Latency = 1e-6;
    private const double BytesPerSecond = 500e6;

    /// <summary>A chunk of 8 elements is a header beat and 2 beats of data, 48 bytes.</summary>
    private const double Wire = 48 / BytesPerSecond;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    public async Task With_credits_enough_a_ring_takes_2_N_minus_1_hops(int cards)
    {
        double seconds = await RingAsync(cards, credits: 2);

        Assert.Equal(2 * (cards - 1) * (Latency + Wire), seconds, 1e-12);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task With_one_credit_each_hop_but_the_first_waits_for_it_to_come_back(int cards)
    {
        double seconds = await RingAsync(cards, credits: 1);

        Assert.Equal(Latency + Wire + (2 * cards - 3) * (2 * Latency + Wire), seconds, 1e-12);
    }

    private static async Task<double> RingAsync(int cards, int credits)
    {
        RingAllReduce ring = new();
        CardMesh mesh = new(cards, new LinkShape(credits, FrameElements: 8) { LatencySeconds = Latency, BytesPerSecond = BytesPerSecond }, ring);
        RealTasks host = new(TimeSpan.FromMinutes(1));
        Card[] all = [.. Enumerable.Range(0, cards).Select(card => new Card(mesh, card, new CollectiveCall(1), new float[8 * cards], host))];
        await Task.WhenAll([.. all.Select(card => Task.Run(() => ring.RunAsync(card).AsTask()))]);
        return all.Max(card => card.Seconds);
    }
}

using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Device;

/// <summary>The scheduler of a revision A card: DDR 2 GB/s, links 0.5 GB/s per direction, host link 0.1 GB/s (CONTRACT SCH-1 to SCH-3).</summary>
/// <remarks>Its steps are virtual, so that a scheduler which is odd in one way overrides one of them and the others follow.</remarks>
public class CardScheduler
{
    /// <summary>The card's rates in bytes a second.</summary>
    public virtual Bandwidths Bandwidths { get; } = new(LocalDdr: 2_000_000_000, InterCard: 500_000_000, HostLink: 100_000_000);

    /// <summary>m k e, saturating.</summary>
    public virtual ulong WeightBytes(Tile tile) => Product(Product(tile.M, tile.K), tile.ElementBytes);

    /// <summary>m n e, saturating.</summary>
    public virtual ulong ActivationBytes(Tile tile) => Product(Product(tile.M, tile.N), tile.ElementBytes);

    /// <summary>bytes / rate in binary64; forever at rate 0.</summary>
    public virtual double Seconds(ulong bytes, ulong bytesPerSecond) =>
        bytesPerSecond > 0 ? (double)bytes / (double)bytesPerSecond : double.PositiveInfinity;

    /// <summary>The weights are divided among the cards, all activations cross a link.</summary>
    public virtual double TensorParallelSeconds(Tile tile, ulong cards)
    {
        double loading = Seconds(WeightBytes(tile), Bandwidths.LocalDdr);
        return (loading / Divisor(cards)) + Seconds(ActivationBytes(tile), Bandwidths.InterCard);
    }

    /// <summary>The weights are a card's own, the activations are divided among the links.</summary>
    public virtual double ModelParallelSeconds(Tile tile, ulong cards)
    {
        double crossing = Seconds(ActivationBytes(tile), Bandwidths.InterCard);
        return Seconds(WeightBytes(tile), Bandwidths.LocalDdr) + (crossing / Divisor(cards));
    }

    /// <summary>The shorter of the two, tensor parallelism where they are equal or there is one card.</summary>
    public virtual Parallelism Choose(Tile tile, ulong cards) =>
        cards > 1 && TensorParallelSeconds(tile, cards) > ModelParallelSeconds(tile, cards) ? Parallelism.ModelParallel : Parallelism.TensorParallel;

    private static double Divisor(ulong cards) => cards == 0 ? 1 : cards;

    private static ulong Product(ulong x, ulong y)
    {
        ulong high = Math.BigMul(x, y, out ulong low);
        return high == 0 ? low : ulong.MaxValue;
    }
}

using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Zoo;

/// <summary>A device that offers a cost model alone, a revision A card's with one step replaced.</summary>
internal sealed class PatchedScheduler : CardScheduler, ISchedulerDevice
{
    /// <summary>Replaces the rates that it tells.</summary>
    public Bandwidths? Rates { get; init; }

    /// <summary>Replaces the product of three numbers.</summary>
    public Func<ulong, ulong, ulong, ulong>? Product { get; init; }

    /// <summary>Replaces bytes / rate.</summary>
    public Func<ulong, ulong, double>? Divide { get; init; }

    /// <summary>Replaces the tensor-parallel time, from the two transfers' and the number of cards.</summary>
    public Func<double, double, ulong, double>? Tensor { get; init; }

    /// <summary>Alters the rates before times are worked out with them.</summary>
    public Func<Bandwidths, Bandwidths>? Inside { get; init; }

    /// <summary>Alters the number of cards.</summary>
    public Func<ulong, ulong>? Count { get; init; }

    /// <summary>Replaces the choice between two times.</summary>
    public Func<double, double, Parallelism>? Pick { get; init; }

    public DeviceDescription Description { get; } = new() { Name = "patched scheduler" };

    public override Bandwidths Bandwidths => Rates ?? base.Bandwidths;

    public override ulong WeightBytes(Tile tile) => Product is null ? base.WeightBytes(tile) : Product(tile.M, tile.K, tile.ElementBytes);

    public override ulong ActivationBytes(Tile tile) => Product is null ? base.ActivationBytes(tile) : Product(tile.M, tile.N, tile.ElementBytes);

    public override double Seconds(ulong bytes, ulong bytesPerSecond) => Divide is null ? base.Seconds(bytes, bytesPerSecond) : Divide(bytes, bytesPerSecond);

    public override double TensorParallelSeconds(Tile tile, ulong cards)
    {
        if (Tensor is not null || Inside is not null)
        {
            Bandwidths rates = Inside is null ? Bandwidths : Inside(Bandwidths);
            (double loading, double crossing) = (Seconds(WeightBytes(tile), rates.LocalDdr), Seconds(ActivationBytes(tile), rates.InterCard));
            return Tensor is null ? (loading / Math.Max(cards, 1)) + crossing : Tensor(loading, crossing, cards);
        }

        return base.TensorParallelSeconds(tile, Count is null ? cards : Count(cards));
    }

    public override double ModelParallelSeconds(Tile tile, ulong cards) => base.ModelParallelSeconds(tile, Count is null ? cards : Count(cards));

    public override Parallelism Choose(Tile tile, ulong cards) => Pick is null || cards <= 1
        ? base.Choose(tile, cards)
        : Pick(TensorParallelSeconds(tile, cards), ModelParallelSeconds(tile, cards));

    public void Dispose()
    {
    }
}

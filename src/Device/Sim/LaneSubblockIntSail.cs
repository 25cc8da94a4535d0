namespace Spanker.Conformance.Device;

/// <summary>Class subblock-int, many elements at a time: the bits of <see cref="SubblockIntSail"/>.</summary>
public sealed class LaneSubblockIntSail : SubblockIntSail
{
    /// <summary>A Sail of the class that declares what it does.</summary>
    public LaneSubblockIntSail(SimOptions options)
        : base(DescribeFast(options))
    {
    }

    private protected override LaneProduct<SubblockRow> NewLanes(int length) => new SubblockIntLanes(length);
}

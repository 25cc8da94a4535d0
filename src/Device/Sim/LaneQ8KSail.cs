namespace Spanker.Conformance.Device;

/// <summary>Class q8k, many elements at a time: the bits of <see cref="Q8KSail"/>.</summary>
public sealed class LaneQ8KSail : Q8KSail
{
    /// <summary>A Sail of the class that declares what it does.</summary>
    public LaneQ8KSail(SimOptions options)
        : base(DescribeFast(options))
    {
    }

    private protected override LaneProduct<Q8KRow> NewLanes(int length) => new Q8KLanes(length);
}

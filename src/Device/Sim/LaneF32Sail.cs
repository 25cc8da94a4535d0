namespace Spanker.Conformance.Device;

/// <summary>Class f32, many elements at a time: the bits of <see cref="F32Sail"/>.</summary>
public sealed class LaneF32Sail : F32Sail
{
    private readonly SimOptions options;

    /// <summary>A Sail that adds as <paramref name="options"/> say and declares what it does.</summary>
    public LaneF32Sail(SimOptions options)
        : base(options, DescribeFast(options))
    {
        this.options = options;
    }

    private protected override LaneProduct<float[]> NewLanes(int length) => new F32Lanes(length, options.Order, options.Fma);
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Spanker.Conformance.Reference;

/// <summary>Four lanes in 128 bits.</summary>
internal readonly struct Lanes4 : ILanes<Lanes4>
{
    private readonly Vector128<float> lanes;

    private Lanes4(Vector128<float> lanes) => this.lanes = lanes;

    public static int Count => 4;

    public static Lanes4 operator +(Lanes4 left, Lanes4 right) => new(left.lanes + right.lanes);

    public static Lanes4 operator -(Lanes4 left, Lanes4 right) => new(left.lanes - right.lanes);

    public static Lanes4 operator *(Lanes4 left, Lanes4 right) => new(left.lanes * right.lanes);

    public static Lanes4 operator /(Lanes4 left, Lanes4 right) => new(left.lanes / right.lanes);

    public static Lanes4 Broadcast(float value) => new(Vector128.Create(value));

    public static Lanes4 Gather(ReadOnlySpan<float> source, int stride) => new(Vector128.Create(
        source[0], source[stride], source[2 * stride], source[3 * stride]));

    public static Lanes4 Sqrt(Lanes4 value) => new(Vector128.Sqrt(value.lanes));

    public static Lanes4 Abs(Lanes4 value) => new(Vector128.Abs(value.lanes));

    public static Lanes4 Less(Lanes4 left, Lanes4 right) => new(Vector128.LessThan(left.lanes, right.lanes));

    public static Lanes4 Same(Lanes4 left, Lanes4 right) => new(Vector128.Equals(left.lanes, right.lanes));

    public static Lanes4 Both(Lanes4 left, Lanes4 right) => new(left.lanes & right.lanes);

    public static bool IsAny(Lanes4 mask) => mask.lanes.AsInt32() != Vector128<int>.Zero;

    public static bool IsAll(Lanes4 mask) => mask.lanes.AsInt32() == Vector128<int>.AllBitsSet;

    public static Lanes4 Select(Lanes4 mask, Lanes4 set, Lanes4 clear) => new(Vector128.ConditionalSelect(mask.lanes, set.lanes, clear.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 NearestLevel(Lanes4 value)
    {
        Vector128<int> bits = (value.lanes + Vector128.Create(AffineFit.OneAndAHalfTimesTwoTo23)).AsInt32();
        Vector128<int> nearest = (bits & Vector128.Create(AffineFit.LowMantissaBits)) - Vector128.Create(AffineFit.MantissaOfZero);
        return new(Vector128.ConvertToSingle(Vector128.Min(Vector128.Max(nearest, Vector128<int>.Zero), Vector128.Create(AffineFit.HighestLevel))));
    }

    public void CopyTo(Span<float> destination) => lanes.CopyTo(destination);
}

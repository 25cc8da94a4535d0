using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Spanker.Conformance.Reference;

/// <summary>Eight lanes in 256 bits.</summary>
internal readonly struct Lanes8 : ILanes<Lanes8>
{
    private readonly Vector256<float> lanes;

    private Lanes8(Vector256<float> lanes) => this.lanes = lanes;

    public static int Count => 8;

    public static Lanes8 operator +(Lanes8 left, Lanes8 right) => new(left.lanes + right.lanes);

    public static Lanes8 operator -(Lanes8 left, Lanes8 right) => new(left.lanes - right.lanes);

    public static Lanes8 operator *(Lanes8 left, Lanes8 right) => new(left.lanes * right.lanes);

    public static Lanes8 operator /(Lanes8 left, Lanes8 right) => new(left.lanes / right.lanes);

    public static Lanes8 Broadcast(float value) => new(Vector256.Create(value));

    public static Lanes8 Gather(ReadOnlySpan<float> source, int stride) => new(Vector256.Create(
        source[0], source[stride], source[2 * stride], source[3 * stride],
        source[4 * stride], source[5 * stride], source[6 * stride], source[7 * stride]));

    public static Lanes8 Sqrt(Lanes8 value) => new(Vector256.Sqrt(value.lanes));

    public static Lanes8 Abs(Lanes8 value) => new(Vector256.Abs(value.lanes));

    public static Lanes8 Less(Lanes8 left, Lanes8 right) => new(Vector256.LessThan(left.lanes, right.lanes));

    public static Lanes8 Same(Lanes8 left, Lanes8 right) => new(Vector256.Equals(left.lanes, right.lanes));

    public static Lanes8 Both(Lanes8 left, Lanes8 right) => new(left.lanes & right.lanes);

    public static bool IsAny(Lanes8 mask) => mask.lanes.AsInt32() != Vector256<int>.Zero;

    public static bool IsAll(Lanes8 mask) => mask.lanes.AsInt32() == Vector256<int>.AllBitsSet;

    public static Lanes8 Select(Lanes8 mask, Lanes8 set, Lanes8 clear) => new(Vector256.ConditionalSelect(mask.lanes, set.lanes, clear.lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes8 NearestLevel(Lanes8 value)
    {
        Vector256<int> bits = (value.lanes + Vector256.Create(AffineFit.OneAndAHalfTimesTwoTo23)).AsInt32();
        Vector256<int> nearest = (bits & Vector256.Create(AffineFit.LowMantissaBits)) - Vector256.Create(AffineFit.MantissaOfZero);
        return new(Vector256.ConvertToSingle(Vector256.Min(Vector256.Max(nearest, Vector256<int>.Zero), Vector256.Create(AffineFit.HighestLevel))));
    }

    public void CopyTo(Span<float> destination) => lanes.CopyTo(destination);
}

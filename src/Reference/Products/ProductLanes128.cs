using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Spanker.Conformance.Reference;

/// <summary>Four columns in 128 bits: SSSE3 and SSE4.1, AdvSimd, or what the runtime makes of the same operations where neither is there.</summary>
internal readonly struct ProductLanes128 : IProductLanes<Vector128<int>>
{
    /// <inheritdoc/>
    public static bool IsSupported => true;

    /// <inheritdoc/>
    public static int Count => Vector128<int>.Count;

    /// <inheritdoc/>
    public static Vector128<int> Zero => Vector128<int>.Zero;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Load(ref int source, nint index) => Vector128.LoadUnsafe(ref Unsafe.Add(ref source, index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<int> value, ref int destination, nint index) => value.StoreUnsafe(ref Unsafe.Add(ref destination, index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Broadcast(int value) => Vector128.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> MultiplyAddBytes(Vector128<int> left, Vector128<int> right)
    {
        if (Ssse3.IsSupported)
        {
            return Ssse3.MultiplyAddAdjacent(left.AsByte(), right.AsSByte()).AsInt32();
        }

        if (AdvSimd.Arm64.IsSupported)
        {
            // A product of nibbles is at most 225, so it fits into the byte that this multiplication keeps.
            return AdvSimd.AddPairwiseWidening(AdvSimd.Multiply(left.AsByte(), right.AsByte())).AsInt32();
        }

        // Even and odd bytes of each 16 bits apart; no product reaches the neighbour.
        Vector128<ushort> low = Vector128.Create((ushort)0xff);
        Vector128<ushort> even = (left.AsUInt16() & low) * (right.AsUInt16() & low);
        Vector128<ushort> odd = (left.AsUInt16() >> 8) * (right.AsUInt16() >> 8);
        return (even + odd).AsInt32();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Add16(Vector128<int> left, Vector128<int> right) => (left.AsInt16() + right.AsInt16()).AsInt32();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Multiply16(Vector128<int> left, Vector128<int> right) => (left.AsInt16() * right.AsInt16()).AsInt32();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> MultiplyAdd16(Vector128<int> left, Vector128<int> right)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.MultiplyAddAdjacent(left.AsInt16(), right.AsInt16());
        }

        if (AdvSimd.Arm64.IsSupported)
        {
            return AdvSimd.Arm64.AddPairwise(
                AdvSimd.MultiplyWideningLower(left.AsInt16().GetLower(), right.AsInt16().GetLower()),
                AdvSimd.MultiplyWideningUpper(left.AsInt16(), right.AsInt16()));
        }

        // The lower 16 bits of a lane, sign extended, and the upper ones.
        return ((left << 16 >> 16) * (right << 16 >> 16)) + ((left >> 16) * (right >> 16));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Add32(Vector128<int> left, Vector128<int> right) => left + right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Multiply32(Vector128<int> left, Vector128<int> right) => left * right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> MultiplyEven32(Vector128<int> left, Vector128<int> right)
    {
        if (Sse41.IsSupported)
        {
            return Sse41.Multiply(left, right).AsInt32();
        }

        if (AdvSimd.IsSupported)
        {
            return AdvSimd.MultiplyWideningLower(
                AdvSimd.ExtractNarrowingLower(left.AsInt64()), AdvSimd.ExtractNarrowingLower(right.AsInt64())).AsInt32();
        }

        return ((left.AsInt64() << 32 >> 32) * (right.AsInt64() << 32 >> 32)).AsInt32();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> OddToEven(Vector128<int> value) => (value.AsUInt64() >> 32).AsInt32();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Add64(Vector128<int> left, Vector128<int> right) => (left.AsInt64() + right.AsInt64()).AsInt32();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Subtract64(Vector128<int> left, Vector128<int> right) => (left.AsInt64() - right.AsInt64()).AsInt32();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ShiftLeft64(Vector128<int> value, Vector128<int> counts)
    {
        if (Avx2.IsSupported)
        {
            return Avx2.ShiftLeftLogicalVariable(value.AsInt64(), counts.AsUInt64()).AsInt32();
        }

        if (AdvSimd.IsSupported)
        {
            return AdvSimd.ShiftLogical(value.AsInt64(), counts.AsInt64()).AsInt32();
        }

        Vector128<long> units = value.AsInt64();
        return Vector128.Create(units[0] << counts[0], units[1] << counts[2]).AsInt32();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Broadcast64(long value) => Vector128.Create(value).AsInt32();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ShiftLeft32(Vector128<int> value, int count) => value << count;
}

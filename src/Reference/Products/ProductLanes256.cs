using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Spanker.Conformance.Reference;

/// <summary>Eight columns in 256 bits: AVX2; without it two halves, so that the layout can be tried anywhere.</summary>
internal readonly struct ProductLanes256 : IProductLanes<Vector256<int>>
{
    /// <inheritdoc/>
    public static bool IsSupported => Avx2.IsSupported;

    /// <inheritdoc/>
    public static int Count => Vector256<int>.Count;

    /// <inheritdoc/>
    public static Vector256<int> Zero => Vector256<int>.Zero;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Load(ref int source, nint index) => Vector256.LoadUnsafe(ref Unsafe.Add(ref source, index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<int> value, ref int destination, nint index) => value.StoreUnsafe(ref Unsafe.Add(ref destination, index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Broadcast(int value) => Vector256.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> MultiplyAddBytes(Vector256<int> left, Vector256<int> right) =>
        Avx2.IsSupported
            ? Avx2.MultiplyAddAdjacent(left.AsByte(), right.AsSByte()).AsInt32()
            : Vector256.Create(
                ProductLanes128.MultiplyAddBytes(left.GetLower(), right.GetLower()), ProductLanes128.MultiplyAddBytes(left.GetUpper(), right.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add16(Vector256<int> left, Vector256<int> right) => (left.AsInt16() + right.AsInt16()).AsInt32();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Multiply16(Vector256<int> left, Vector256<int> right) => (left.AsInt16() * right.AsInt16()).AsInt32();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> MultiplyAdd16(Vector256<int> left, Vector256<int> right) =>
        Avx2.IsSupported
            ? Avx2.MultiplyAddAdjacent(left.AsInt16(), right.AsInt16())
            : Vector256.Create(
                ProductLanes128.MultiplyAdd16(left.GetLower(), right.GetLower()), ProductLanes128.MultiplyAdd16(left.GetUpper(), right.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add32(Vector256<int> left, Vector256<int> right) => left + right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Multiply32(Vector256<int> left, Vector256<int> right) => left * right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> MultiplyEven32(Vector256<int> left, Vector256<int> right) =>
        Avx2.IsSupported
            ? Avx2.Multiply(left, right).AsInt32()
            : Vector256.Create(
                ProductLanes128.MultiplyEven32(left.GetLower(), right.GetLower()), ProductLanes128.MultiplyEven32(left.GetUpper(), right.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> OddToEven(Vector256<int> value) => (value.AsUInt64() >> 32).AsInt32();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Add64(Vector256<int> left, Vector256<int> right) => (left.AsInt64() + right.AsInt64()).AsInt32();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Subtract64(Vector256<int> left, Vector256<int> right) => (left.AsInt64() - right.AsInt64()).AsInt32();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> ShiftLeft64(Vector256<int> value, Vector256<int> counts) =>
        Avx2.IsSupported
            ? Avx2.ShiftLeftLogicalVariable(value.AsInt64(), counts.AsUInt64()).AsInt32()
            : Vector256.Create(
                ProductLanes128.ShiftLeft64(value.GetLower(), counts.GetLower()), ProductLanes128.ShiftLeft64(value.GetUpper(), counts.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Broadcast64(long value) => Vector256.Create(value).AsInt32();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> ShiftLeft32(Vector256<int> value, int count) => value << count;
}

using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Spanker.Conformance.Reference;

/// <summary>Sixteen columns in 512 bits: AVX-512 with its instructions on bytes and words; without it two halves, so that the layout can be tried anywhere.</summary>
internal readonly struct ProductLanes512 : IProductLanes<Vector512<int>>
{
    /// <inheritdoc/>
    public static bool IsSupported => Avx512BW.IsSupported;

    /// <inheritdoc/>
    public static int Count => Vector512<int>.Count;

    /// <inheritdoc/>
    public static Vector512<int> Zero => Vector512<int>.Zero;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Load(ref int source, nint index) => Vector512.LoadUnsafe(ref Unsafe.Add(ref source, index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<int> value, ref int destination, nint index) => value.StoreUnsafe(ref Unsafe.Add(ref destination, index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Broadcast(int value) => Vector512.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> MultiplyAddBytes(Vector512<int> left, Vector512<int> right) =>
        Avx512BW.IsSupported
            ? Avx512BW.MultiplyAddAdjacent(left.AsByte(), right.AsSByte()).AsInt32()
            : Vector512.Create(
                ProductLanes256.MultiplyAddBytes(left.GetLower(), right.GetLower()), ProductLanes256.MultiplyAddBytes(left.GetUpper(), right.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Add16(Vector512<int> left, Vector512<int> right) => (left.AsInt16() + right.AsInt16()).AsInt32();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Multiply16(Vector512<int> left, Vector512<int> right) => (left.AsInt16() * right.AsInt16()).AsInt32();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> MultiplyAdd16(Vector512<int> left, Vector512<int> right) =>
        Avx512BW.IsSupported
            ? Avx512BW.MultiplyAddAdjacent(left.AsInt16(), right.AsInt16())
            : Vector512.Create(
                ProductLanes256.MultiplyAdd16(left.GetLower(), right.GetLower()), ProductLanes256.MultiplyAdd16(left.GetUpper(), right.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Add32(Vector512<int> left, Vector512<int> right) => left + right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Multiply32(Vector512<int> left, Vector512<int> right) => left * right;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> MultiplyEven32(Vector512<int> left, Vector512<int> right) =>
        Avx512F.IsSupported
            ? Avx512F.Multiply(left, right).AsInt32()
            : Vector512.Create(
                ProductLanes256.MultiplyEven32(left.GetLower(), right.GetLower()), ProductLanes256.MultiplyEven32(left.GetUpper(), right.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> OddToEven(Vector512<int> value) => (value.AsUInt64() >> 32).AsInt32();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Add64(Vector512<int> left, Vector512<int> right) => (left.AsInt64() + right.AsInt64()).AsInt32();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Subtract64(Vector512<int> left, Vector512<int> right) => (left.AsInt64() - right.AsInt64()).AsInt32();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> ShiftLeft64(Vector512<int> value, Vector512<int> counts) =>
        Avx512F.IsSupported
            ? Avx512F.ShiftLeftLogicalVariable(value.AsInt64(), counts.AsUInt64()).AsInt32()
            : Vector512.Create(
                ProductLanes256.ShiftLeft64(value.GetLower(), counts.GetLower()), ProductLanes256.ShiftLeft64(value.GetUpper(), counts.GetUpper()));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Broadcast64(long value) => Vector512.Create(value).AsInt32();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> ShiftLeft32(Vector512<int> value, int count) => value << count;
}

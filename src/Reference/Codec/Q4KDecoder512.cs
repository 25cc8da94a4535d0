using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Spanker.Conformance.Reference;

/// <summary>Decoding 16 weights at a time: the 16 weights that a sub-block can hold fill one register, and vpermps looks them up by nibble.</summary>
internal static class Q4KDecoder512
{
    /// <summary>Decodes every block; the lengths belong together.</summary>
    public static void Decode(ReadOnlySpan<byte> blocks, Span<float> destination)
    {
        Span<float> lineSpan = stackalloc float[Q4KLines.Count];
        ref float lines = ref MemoryMarshal.GetReference(lineSpan);
        for (; !blocks.IsEmpty; blocks = blocks[Q4KLayout.BlockBytes..], destination = destination[Q4KLayout.BlockWeights..])
        {
            ref byte block = ref MemoryMarshal.GetReference(blocks[..Q4KLayout.BlockBytes]);
            ref float weights = ref MemoryMarshal.GetReference(destination[..Q4KLayout.BlockWeights]);
            WriteLines(ref block, ref lines);
            DecodeGroup(0, ref block, ref lines, ref weights);
            DecodeGroup(1, ref block, ref lines, ref weights);
            DecodeGroup(2, ref block, ref lines, ref weights);
            DecodeGroup(3, ref block, ref lines, ref weights);
        }
    }

    /// <summary>Eight d * sc[s], then eight dmin * m[s].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteLines(ref byte block, ref float lines)
    {
        Vector128<float> blockScales = Q4KLines.BlockScales(ref block);
        Vector256<float> d = Vector256.Create(blockScales.ToScalar());
        Vector256<float> dmin = Vector256.Create(blockScales.GetElement(1));
        Vector128<byte> fields = Vector128.Create(Q4KLines.Scales(ref block), Q4KLines.Minimums(ref block)).AsByte();
        (Vector512.Create(d, dmin) * Vector512.ConvertToSingle(Widen(fields))).StoreUnsafe(ref lines);
    }

    /// <summary>The 64 weights of one group: sub-block 2g in the low nibbles of its 32 bytes, sub-block 2g + 1 in the high ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void DecodeGroup(nuint group, ref byte block, ref float lines, ref float weights)
    {
        // Unchecked: the group is 0..3, so an index is below 16 into the lines, at most 16 + 96 + 16 (and 16 bytes) into the block
        // and 192 + 32 + 16 (and 16 weights) into the weights.
        unchecked
        {
            Vector512<float> low = Table(Unsafe.Add(ref lines, 2 * group), Unsafe.Add(ref lines, 8 + (2 * group)));
            Vector512<float> high = Table(Unsafe.Add(ref lines, (2 * group) + 1), Unsafe.Add(ref lines, 8 + (2 * group) + 1));
            nuint from = (nuint)Q4KLayout.NibbleOffset + (32 * group);
            nuint to = 64 * group;
            DecodeSixteen(Widen(Vector128.LoadUnsafe(ref block, from)), low, high, ref weights, to);
            DecodeSixteen(Widen(Vector128.LoadUnsafe(ref block, from + 16)), low, high, ref weights, to + 16);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void DecodeSixteen(Vector512<int> pairs, Vector512<float> low, Vector512<float> high, ref float weights, nuint to)
    {
        // Unchecked: see the caller.
        unchecked
        {
            LookUp(low, pairs & Vector512.Create(0x0f)).StoreUnsafe(ref weights, to);
            LookUp(high, pairs >>> 4).StoreUnsafe(ref weights, to + 32);
        }
    }

    /// <summary>Weight q of the sub-block in lane q: a multiplication and a subtraction, never fused.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Table(float scale, float minimum)
    {
        Vector512<float> levels = Vector512.Create(0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f, 10f, 11f, 12f, 13f, 14f, 15f);
        return (Vector512.Create(scale) * levels) - Vector512.Create(minimum);
    }

    /// <summary>Lane i of the result is table[levels[i]]; the levels are 0..15, for which the two ways agree.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LookUp(Vector512<float> table, Vector512<int> levels) =>
        Avx512F.IsSupported ? Avx512F.PermuteVar16x32(table, levels) : Vector512.Shuffle(table, levels);

    /// <summary>Sixteen bytes as integers; without AVX-512 in four quarters, so that this way can be tried anywhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Widen(Vector128<byte> bytes)
    {
        if (Avx512F.IsSupported)
        {
            return Avx512F.ConvertToVector512Int32(bytes);
        }

        Vector128<ushort> first = Vector128.WidenLower(bytes);
        Vector128<ushort> last = Vector128.WidenUpper(bytes);
        return Vector512.Create(
            Vector256.Create(Vector128.WidenLower(first), Vector128.WidenUpper(first)),
            Vector256.Create(Vector128.WidenLower(last), Vector128.WidenUpper(last))).AsInt32();
    }
}

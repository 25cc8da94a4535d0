using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Spanker.Conformance.Reference;

/// <summary>Decoding 8 weights at a time: nibble to integer to binary32, times the scale, minus the minimum.</summary>
/// <remarks>
/// Eight bytes widen to eight integers once for both of their nibbles. The high nibble is not shifted down: it is masked, so it is 16q, and its
/// sub-block's scale is a sixteenth of d * sc. Both are exact, so scale * q is the same number. If the scale is finite that product is exact too,
/// so fusing it with the subtraction changes no bit; a block with an infinite or NaN d or dmin, where fusing could pick another NaN, goes the
/// scalar way.
/// </remarks>
internal static class Q4KDecoder256
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
            if (!Q4KLines.IsFinite(ref block))
            {
                Q4KDecoderScalar.Decode(blocks[..Q4KLayout.BlockBytes], destination[..Q4KLayout.BlockWeights]);
                continue;
            }

            WriteLines(ref block, ref lines);
            DecodeGroup(0, ref block, ref lines, ref weights);
            DecodeGroup(1, ref block, ref lines, ref weights);
            DecodeGroup(2, ref block, ref lines, ref weights);
            DecodeGroup(3, ref block, ref lines, ref weights);
        }
    }

    /// <summary>Eight d * sc[s], of which each second one is divided by 16, then eight dmin * m[s].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteLines(ref byte block, ref float lines)
    {
        Vector128<float> blockScales = Q4KLines.BlockScales(ref block);
        Vector256<float> d = Vector256.Create(blockScales.ToScalar());
        Vector256<float> dmin = Vector256.Create(blockScales.GetElement(1));
        (d * Widen(Q4KLines.Scales(ref block)) * Vector256.Create(1f, 1 / 16f, 1f, 1 / 16f, 1f, 1 / 16f, 1f, 1 / 16f)).StoreUnsafe(ref lines);
        (dmin * Widen(Q4KLines.Minimums(ref block))).StoreUnsafe(ref lines, Q4KLayout.SubBlocks);
    }

    /// <summary>The 64 weights of one group: sub-block 2g in the low nibbles of its 32 bytes, sub-block 2g + 1 in the high ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void DecodeGroup(nuint group, ref byte block, ref float lines, ref float weights)
    {
        // Unchecked: the group is 0..3, so an index is below 16 into the lines, at most 16 + 96 + 24 (and 8 bytes) into the block
        // and 192 + 32 + 24 (and 8 weights) into the weights.
        unchecked
        {
            Line low = new(Vector256.Create(Unsafe.Add(ref lines, 2 * group)), Vector256.Create(Unsafe.Add(ref lines, 8 + (2 * group))));
            Line high = new(Vector256.Create(Unsafe.Add(ref lines, (2 * group) + 1)), Vector256.Create(Unsafe.Add(ref lines, 8 + (2 * group) + 1)));
            nuint from = (nuint)Q4KLayout.NibbleOffset + (32 * group);
            nuint to = 64 * group;
            DecodeEight(WidenAt(ref block, from), low, high, ref weights, to);
            DecodeEight(WidenAt(ref block, from + 8), low, high, ref weights, to + 8);
            DecodeEight(WidenAt(ref block, from + 16), low, high, ref weights, to + 16);
            DecodeEight(WidenAt(ref block, from + 24), low, high, ref weights, to + 24);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void DecodeEight(Vector256<int> pairs, Line low, Line high, ref float weights, nuint to)
    {
        // Unchecked: see the caller.
        unchecked
        {
            low.At(pairs & Vector256.Create(0x0f)).StoreUnsafe(ref weights, to);
            high.At(pairs & Vector256.Create(0xf0)).StoreUnsafe(ref weights, to + 32);
        }
    }

    private static Vector256<float> Widen(ulong fields) => Vector256.ConvertToSingle(Widen(Vector128.CreateScalar(fields).AsByte()));

    private static Vector256<int> WidenAt(ref byte block, nuint at) =>
        Widen(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref block, at))).AsByte());

    /// <summary>The lowest eight bytes as integers; without AVX2 in two halves, so that this way can be tried anywhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Widen(Vector128<byte> bytes)
    {
        if (Avx2.IsSupported)
        {
            return Avx2.ConvertToVector256Int32(bytes);
        }

        Vector128<ushort> words = Vector128.WidenLower(bytes);
        return Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words)).AsInt32();
    }

    /// <summary>w = Scale * level - Minimum, in each lane.</summary>
    private readonly record struct Line(Vector256<float> Scale, Vector256<float> Minimum)
    {
        /// <summary>The weights of eight levels: one rounding, fused or not.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> At(Vector256<int> levels) => Fma.IsSupported
            ? Fma.MultiplySubtract(Vector256.ConvertToSingle(levels), Scale, Minimum)
            : (Vector256.ConvertToSingle(levels) * Scale) - Minimum;
    }
}

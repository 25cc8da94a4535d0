using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Spanker.Conformance.Reference;

/// <summary>Decoding 8 weights at a time (AVX2): nibble to integer to binary32, times the scale, minus the minimum. Without AVX2 as <see cref="Q4KDecoder128"/> does it.</summary>
/// <remarks>
/// Eight bytes widen to eight integers once for both of their nibbles. The high nibble is not shifted down: it is masked, so it is 16q, and its
/// sub-block's scale is a sixteenth of d * sc. Both are exact, so scale * q is the same number. If the scale is finite that product is exact too,
/// so fusing it with the subtraction changes no bit; a block with an infinite or NaN d or dmin, where fusing could pick another NaN, goes the
/// scalar way. Six registers in eight are fused: on AMD's Zen 3 a fused operation takes half a cycle from the stores (docs/performance.md), so that each
/// two of them delay a store by a cycle, while a product and a difference are one operation more for its four vector pipes.
/// The lines of the next block are written before a block is decoded, and are ready when their turn comes.
/// </remarks>
internal static class Q4KDecoder256
{
    private const int CacheLineBytes = 64;

    /// <summary>Decodes every block; the lengths belong together.</summary>
    public static void Decode(ReadOnlySpan<byte> blocks, Span<float> destination)
    {
        if (!Avx2.IsSupported || !Fma.IsSupported)
        {
            Q4KDecoder128.Decode(blocks, destination);
            return;
        }

        while (!blocks.IsEmpty)
        {
            int finite = DecodeWhileFinite(blocks, destination);
            blocks = blocks[(finite * Q4KLayout.BlockBytes)..];
            destination = destination[(finite * Q4KLayout.BlockWeights)..];
            if (!blocks.IsEmpty)
            {
                Q4KDecoderScalar.Decode(blocks[..Q4KLayout.BlockBytes], destination[..Q4KLayout.BlockWeights]);
                blocks = blocks[Q4KLayout.BlockBytes..];
                destination = destination[Q4KLayout.BlockWeights..];
            }
        }
    }

    /// <summary>Decodes blocks, at least one given, up to the first whose d or dmin is not finite; returns how many.</summary>
    private static int DecodeWhileFinite(ReadOnlySpan<byte> blocks, Span<float> destination)
    {
        // Two blocks' lines, each in a line of the cache: a broadcast from a store that lies across two would wait for it to reach the cache.
        Span<float> lineSpan = stackalloc float[3 * Q4KLines.Count];
        ref float lines = ref MemoryMarshal.GetReference(lineSpan);
        nint address = Unsafe.ByteOffset(ref Unsafe.NullRef<float>(), ref lines);
        ref byte block = ref MemoryMarshal.GetReference(blocks);
        ref float weights = ref MemoryMarshal.GetReference(destination);
        int count = blocks.Length / Q4KLayout.BlockBytes;
        if (!Q4KLines.IsFinite(ref block))
        {
            return 0;
        }

        // Unchecked: a span of the stack does not move; the first lines begin at most 15 floats into its 48, the others 16 further on.
        // The block and its weights are within the spans while fewer than all blocks are decoded.
        unchecked
        {
            lines = ref Unsafe.AddByteOffset(ref lines, -address & (CacheLineBytes - 1));
            nuint place = 0;
            WriteLines(ref block, ref lines);
            for (int decoded = 1; ; decoded++)
            {
                nuint nextPlace = place ^ Q4KLines.Count;
                bool more = decoded < count && Q4KLines.IsFinite(ref Unsafe.Add(ref block, Q4KLayout.BlockBytes));
                if (more)
                {
                    WriteLines(ref Unsafe.Add(ref block, Q4KLayout.BlockBytes), ref Unsafe.Add(ref lines, nextPlace));
                }

                ref float line = ref Unsafe.Add(ref lines, place);
                DecodeGroup(0, ref block, ref line, ref weights);
                DecodeGroup(1, ref block, ref Unsafe.Add(ref line, 8), ref weights);
                DecodeGroup(2, ref block, ref Unsafe.Add(ref line, 4), ref weights);
                DecodeGroup(3, ref block, ref Unsafe.Add(ref line, 12), ref weights);
                if (!more)
                {
                    return decoded;
                }

                block = ref Unsafe.Add(ref block, Q4KLayout.BlockBytes);
                weights = ref Unsafe.Add(ref weights, Q4KLayout.BlockWeights);
                place = nextPlace;
            }
        }
    }

    /// <summary>Scale and minimum of a group's low sub-block, then of its high one, whose scale is divided by 16: groups 0, 2, 1, 3.</summary>
    /// <remarks>
    /// Bytes of the head in pairs, masked, times what makes them add up: 4 sc = 4 * low + high of (low six bits, nothing) or (low nibble, two high
    /// bits), 16 m of (low six bits, nothing) or (high nibble, two high bits); at most 16 * 63. d and dmin times 2^13 are 32-bit integers with the
    /// exponent and the fraction where binary32 has them and the sign in the four highest bits. All but the first of those are cleared; the exponent's
    /// bias is still 15, and a product with 2^(127 - 15) mends it, for subnormal numbers too, exactly, and takes the 4 and 16 off.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteLines(ref byte block, ref float lines)
    {
        const float Unbias = (float)(1UL << 56) * (1UL << 56);
        const long EachToOneLane = 0x2000_0000_0000_2000;

        Vector256<byte> pairs = Avx2.Shuffle(
            Vector256.Create(Vector128.LoadUnsafe(ref block)),
            Vector256.Create((byte)4, 255, 8, 255, 5, 255, 9, 255, 6, 255, 10, 255, 7, 255, 11, 255, 12, 4, 12, 8, 13, 5, 13, 9, 14, 6, 14, 10, 15, 7, 15, 11));
        Vector256<short> fields = Avx2.MultiplyAddAdjacent(
            pairs & Vector256.Create(0x003f_003f_003f_003f, 0x003f_003f_003f_003f, 0xc0f0_c00f_c0f0_c00f, 0xc0f0_c00f_c0f0_c00f).AsByte(),
            Vector256.Create(0x0010_0004_0010_0004, 0x0010_0004_0010_0004, 0x0401_0104_0401_0104, 0x0401_0104_0401_0104).AsSByte());
        Vector256<short> blockScales = Vector256.Create(Unsafe.ReadUnaligned<int>(ref block)).AsInt16();
        Vector256<int> biased = Avx2.MultiplyAddAdjacent(blockScales, Vector256.Create(EachToOneLane).AsInt16()) & Vector256.Create(0x8fff_e000).AsInt32();
        Vector256<float> d = biased.AsSingle() * Vector256.Create(
            Unbias / 4, Unbias / 16, Unbias / 64, Unbias / 16, Unbias / 4, Unbias / 16, Unbias / 64, Unbias / 16);
        (d * Convert(Avx2.UnpackLow(fields, Vector256<short>.Zero))).StoreUnsafe(ref lines);
        (d * Convert(Avx2.UnpackHigh(fields, Vector256<short>.Zero))).StoreUnsafe(ref lines, 8);
    }

    /// <summary>The 64 weights of one group: sub-block 2g in the low nibbles of its 32 bytes, sub-block 2g + 1 in the high ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void DecodeGroup(nuint group, ref byte block, ref float line, ref float weights)
    {
        // Unchecked: the group is 0..3, so an index is at most 16 + 96 + 24 (and 8 bytes) into the block and 192 + 32 + 24 (and 8 weights) into
        // the weights.
        unchecked
        {
            Line low = new(Vector256.Create(line), Vector256.Create(Unsafe.Add(ref line, 1)));
            Line high = new(Vector256.Create(Unsafe.Add(ref line, 2)), Vector256.Create(Unsafe.Add(ref line, 3)));
            nuint from = (nuint)Q4KLayout.NibbleOffset + (32 * group);
            nuint to = 64 * group;
            DecodeSixteen(WidenAt(ref block, from), WidenAt(ref block, from + 8), low, high, ref weights, to);
            DecodeSixteen(WidenAt(ref block, from + 16), WidenAt(ref block, from + 24), low, high, ref weights, to + 16);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void DecodeSixteen(Vector256<int> first, Vector256<int> second, Line low, Line high, ref float weights, nuint to)
    {
        // Unchecked: see the caller.
        unchecked
        {
            // All conversions before the stores: with each chain by itself the pipes wait longer.
            Vector256<float> firstLow = Vector256.ConvertToSingle(first & Vector256.Create(0x0f));
            Vector256<float> secondLow = Vector256.ConvertToSingle(second & Vector256.Create(0x0f));
            Vector256<float> firstHigh = Vector256.ConvertToSingle(first & Vector256.Create(0xf0));
            Vector256<float> product = high.Scale * Vector256.ConvertToSingle(second & Vector256.Create(0xf0));
            low.Fused(firstLow).StoreUnsafe(ref weights, to);
            low.Fused(secondLow).StoreUnsafe(ref weights, to + 8);
            high.Fused(firstHigh).StoreUnsafe(ref weights, to + 32);
            (product - high.Minimum).StoreUnsafe(ref weights, to + 40);
        }
    }

    private static Vector256<float> Convert(Vector256<short> fields) => Vector256.ConvertToSingle(fields.AsInt32());

    private static Vector256<int> WidenAt(ref byte block, nuint at) => Avx2.ConvertToVector256Int32(
        Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref block, at))).AsByte());

    /// <summary>w = Scale * level - Minimum, in each lane.</summary>
    private readonly record struct Line(Vector256<float> Scale, Vector256<float> Minimum)
    {
        /// <summary>The weights of eight levels in one operation.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<float> Fused(Vector256<float> levels) => Fma.MultiplySubtract(levels, Scale, Minimum);
    }
}

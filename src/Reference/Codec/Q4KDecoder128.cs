using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Spanker.Conformance.Reference;

/// <summary>Decoding 4 weights at a time (SSE, AdvSimd): as <see cref="Q4KDecoder256"/> does it, but never fused, so that any block may come.</summary>
internal static class Q4KDecoder128
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

    /// <summary>Eight d * sc[s], of which each second one is divided by 16, then eight dmin * m[s].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteLines(ref byte block, ref float lines)
    {
        Vector128<float> blockScales = Q4KLines.BlockScales(ref block);
        Vector128<float> d = Vector128.Create(blockScales.ToScalar());
        Vector128<float> dmin = Vector128.Create(blockScales.GetElement(1));
        Vector128<float> sixteenths = Vector128.Create(1f, 1 / 16f, 1f, 1 / 16f);
        Vector128<ushort> scales = Vector128.WidenLower(Vector128.CreateScalar(Q4KLines.Scales(ref block)).AsByte());
        Vector128<ushort> minimums = Vector128.WidenLower(Vector128.CreateScalar(Q4KLines.Minimums(ref block)).AsByte());
        (d * Convert(Vector128.WidenLower(scales)) * sixteenths).StoreUnsafe(ref lines);
        (d * Convert(Vector128.WidenUpper(scales)) * sixteenths).StoreUnsafe(ref lines, 4);
        (dmin * Convert(Vector128.WidenLower(minimums))).StoreUnsafe(ref lines, 8);
        (dmin * Convert(Vector128.WidenUpper(minimums))).StoreUnsafe(ref lines, 12);
    }

    /// <summary>The 64 weights of one group: sub-block 2g in the low nibbles of its 32 bytes, sub-block 2g + 1 in the high ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void DecodeGroup(nuint group, ref byte block, ref float lines, ref float weights)
    {
        // Unchecked: the group is 0..3, so an index is below 16 into the lines, at most 16 + 96 + 16 (and 16 bytes) into the block
        // and 192 + 32 + 28 (and 4 weights) into the weights.
        unchecked
        {
            Line low = new(Vector128.Create(Unsafe.Add(ref lines, 2 * group)), Vector128.Create(Unsafe.Add(ref lines, 8 + (2 * group))));
            Line high = new(Vector128.Create(Unsafe.Add(ref lines, (2 * group) + 1)), Vector128.Create(Unsafe.Add(ref lines, 8 + (2 * group) + 1)));
            nuint from = (nuint)Q4KLayout.NibbleOffset + (32 * group);
            nuint to = 64 * group;
            DecodeSixteen(Vector128.LoadUnsafe(ref block, from), low, high, ref weights, to);
            DecodeSixteen(Vector128.LoadUnsafe(ref block, from + 16), low, high, ref weights, to + 16);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void DecodeSixteen(Vector128<byte> bytes, Line low, Line high, ref float weights, nuint to)
    {
        // Unchecked: see the caller.
        unchecked
        {
            DecodeFour(Vector128.Shuffle(bytes, Spread(0)), low, high, ref weights, to);
            DecodeFour(Vector128.Shuffle(bytes, Spread(4)), low, high, ref weights, to + 4);
            DecodeFour(Vector128.Shuffle(bytes, Spread(8)), low, high, ref weights, to + 8);
            DecodeFour(Vector128.Shuffle(bytes, Spread(12)), low, high, ref weights, to + 12);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void DecodeFour(Vector128<byte> bytes, Line low, Line high, ref float weights, nuint to)
    {
        // Unchecked: see the caller.
        unchecked
        {
            Vector128<int> pairs = bytes.AsInt32();
            low.At(pairs & Vector128.Create(0x0f)).StoreUnsafe(ref weights, to);
            high.At(pairs & Vector128.Create(0xf0)).StoreUnsafe(ref weights, to + 32);
        }
    }

    /// <summary>The shuffle that makes integers of four successive bytes: an index out of range gives a zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Spread(int first) => Vector128.Create(
        0xffff_ff00u + (uint)first, 0xffff_ff01u + (uint)first, 0xffff_ff02u + (uint)first, 0xffff_ff03u + (uint)first).AsByte();

    private static Vector128<float> Convert(Vector128<uint> fields) => Vector128.ConvertToSingle(fields.AsInt32());

    /// <summary>w = Scale * level - Minimum, in each lane.</summary>
    private readonly record struct Line(Vector128<float> Scale, Vector128<float> Minimum)
    {
        /// <summary>The weights of four levels: a multiplication and a subtraction, never fused.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector128<float> At(Vector128<int> levels) => (Scale * Vector128.ConvertToSingle(levels)) - Minimum;
    }
}

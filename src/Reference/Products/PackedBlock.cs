using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Spanker.Conformance.Reference;

/// <summary>A super-block laid out for the product kernel: 80 words of 32 bits.</summary>
/// <remarks>
/// <code>
/// word 16g + t  the nibbles of weights 64g + 2t, + 1 (sub-block 2g) and 64g + 32 + 2t, + 1 (sub-block 2g + 1), a byte each, t = 0..15
/// word 64 + g   sc of sub-blocks 2g and 2g + 1, 16 bits each
/// word 68 + g   sc * (sum of the nibbles) of the same two; at most 63 * 480 = 30 240, so positive in 16 bits
/// word 72 + g   m of the same two
/// word 76       d as an integer, in the unit of the row's d
/// word 77       dmin as an integer, in the unit of the row's dmin
/// words 78, 79  d and dmin in the unit that is common to both
/// </code>
/// A panel holds the same words of neighbouring rows side by side.
/// </remarks>
internal static class PackedBlock
{
    /// <summary>Words of a block.</summary>
    public const int Words = 80;

    /// <summary>Groups of two sub-blocks.</summary>
    public const int Groups = 4;

    /// <summary>Words of nibbles in a group.</summary>
    public const int Steps = 16;

    /// <summary>The first word of the scales.</summary>
    public const int Scales = 64;

    /// <summary>The first word of the scaled sums of nibbles.</summary>
    public const int Sums = 68;

    /// <summary>The first word of the minimums.</summary>
    public const int Minimums = 72;

    /// <summary>The word of d.</summary>
    public const int D = 76;

    /// <summary>The word of dmin.</summary>
    public const int DMin = 77;

    /// <summary>The word of d in the row's common unit.</summary>
    public const int CommonD = 78;

    /// <summary>The word of dmin in the row's common unit.</summary>
    public const int CommonDMin = 79;

    /// <summary>Unpacks all but d and dmin.</summary>
    /// <param name="block">A super-block, 144 bytes.</param>
    /// <param name="words">[80] words; the last four stay as they are.</param>
    public static void Unpack(ReadOnlySpan<byte> block, Span<int> words)
    {
        ref byte head = ref MemoryMarshal.GetReference(block[..Q4KLayout.BlockBytes]);
        ref byte nibbles = ref Unsafe.Add(ref head, Q4KLayout.NibbleOffset);
        ref int first = ref MemoryMarshal.GetReference(words[..Words]);
        ulong scales = Q4KLines.Scales(ref head);
        ulong minimums = Q4KLines.Minimums(ref head);

        // Indices alone: four groups of 32 bytes and of 16 words, and the twelve words behind them, all inside the two slices above.
        unchecked
        {
            for (int g = 0; g < Groups; g++)
            {
                uint sums = UnpackGroup(ref Unsafe.Add(ref nibbles, 32 * g), ref Unsafe.Add(ref first, Steps * g));
                uint scale = (uint)(scales >> (16 * g));
                uint minimum = (uint)(minimums >> (16 * g));
                (uint scaleLow, uint scaleHigh) = (scale & 0xff, (scale >> 8) & 0xff);
                Unsafe.Add(ref first, Scales + g) = (int)(scaleLow | (scaleHigh << 16));
                Unsafe.Add(ref first, Sums + g) = (int)((scaleLow * (sums & 0xffff)) | ((scaleHigh * (sums >> 16)) << 16));
                Unsafe.Add(ref first, Minimums + g) = (int)((minimum & 0xff) | ((minimum & 0xff00) << 8));
            }
        }
    }

    /// <summary>Two nibbles of a byte pair lie 4 bits apart and go 16 bits apart. The sums of the low and of the high nibbles, 16 bits each.</summary>
    private static uint UnpackGroup(ref byte pairs, ref int words)
    {
        // Each byte adds up 16 nibbles in all, at most 240, so none overflows into the next.
        uint bytes;
        if (Avx2.IsSupported)
        {
            Vector256<int> sums = Vector256<int>.Zero;
            for (nuint at = 0; at < Steps; at += 8)
            {
                Vector256<int> source = Avx2.ConvertToVector256Int32(Vector128.LoadUnsafe(ref pairs, 2 * at).AsUInt16());
                Vector256<int> spread = (source & Vector256.Create(0x0f0f)) | ((source & Vector256.Create(0xf0f0)) << 12);
                spread.StoreUnsafe(ref words, at);
                sums += spread;
            }

            bytes = Vector256.Sum(sums.AsUInt32());
        }
        else
        {
            Vector128<uint> sums = Vector128<uint>.Zero;
            for (nuint at = 0; at < Steps; at += 8)
            {
                (Vector128<uint> lower, Vector128<uint> upper) = Vector128.Widen(Vector128.LoadUnsafe(ref pairs, 2 * at).AsUInt16());
                lower = (lower & Vector128.Create(0x0f0fu)) | ((lower & Vector128.Create(0xf0f0u)) << 12);
                upper = (upper & Vector128.Create(0x0f0fu)) | ((upper & Vector128.Create(0xf0f0u)) << 12);
                lower.AsInt32().StoreUnsafe(ref words, at);
                upper.AsInt32().StoreUnsafe(ref words, at + 4);
                sums += lower + upper;
            }

            bytes = Vector128.Sum(sums);
        }

        return (bytes & 0x00ff_00ff) + ((bytes >> 8) & 0x00ff_00ff);
    }
}

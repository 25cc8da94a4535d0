using System.Runtime.Intrinsics;

namespace Spanker.Conformance.Reference;

/// <summary>Q4_K super-blocks to binary32 weights, as the format defines them (CONTRACT NUM-1).</summary>
public static class Q4KDecoder
{
    /// <summary>The widest path that this machine has in hardware.</summary>
    internal static DecodePath Fastest =>
        !BitConverter.IsLittleEndian ? DecodePath.Portable
        : Vector512.IsHardwareAccelerated ? DecodePath.Vector512
        : Vector256.IsHardwareAccelerated ? DecodePath.Vector256
        : Vector128.IsHardwareAccelerated ? DecodePath.Vector128
        : DecodePath.Portable;

    /// <summary>Decodes every block: w = (d * sc[s]) * q - (dmin * m[s]), each operation in binary32.</summary>
    /// <remarks>
    /// d and dmin have 11 significant bits, sc and m six, q four: both products are exact for finite d and dmin, and only the subtraction rounds.
    /// Infinite and NaN d or dmin follow IEEE 754 (so an infinite d times a zero scale is NaN). Which NaN is up to the processor's rules; on one
    /// processor every vector width gives the same bits. Source: ggml, <c>dequantize_row_q4_K</c>.
    /// </remarks>
    /// <param name="blocks">[n] super-blocks of 144 bytes.</param>
    /// <param name="destination">[n x 256] weights.</param>
    /// <exception cref="ArgumentException">The blocks are not whole, or the destination is not 256 weights a block.</exception>
    public static void Decode(ReadOnlySpan<byte> blocks, Span<float> destination) => Decode(Fastest, blocks, destination);

    /// <summary>Decodes every block along one path. A path wider than the machine works as well, slowly.</summary>
    internal static void Decode(DecodePath path, ReadOnlySpan<byte> blocks, Span<float> destination)
    {
        int count = Math.DivRem(blocks.Length, Q4KLayout.BlockBytes, out int rest);
        if (rest != 0)
        {
            throw new ArgumentException($"{blocks.Length} bytes are not whole Q4_K blocks of {Q4KLayout.BlockBytes}", nameof(blocks));
        }

        long weights = (long)count * Q4KLayout.BlockWeights;
        if (destination.Length != weights)
        {
            throw new ArgumentException($"{count} blocks hold {weights} weights; the destination holds {destination.Length}", nameof(destination));
        }

        switch (path)
        {
            case DecodePath.Vector512:
                Q4KDecoder512.Decode(blocks, destination);
                break;
            case DecodePath.Vector256:
                Q4KDecoder256.Decode(blocks, destination);
                break;
            case DecodePath.Vector128:
                Q4KDecoder128.Decode(blocks, destination);
                break;
            case DecodePath.Portable:
                Q4KDecoderPortable.Decode(blocks, destination);
                break;
            default:
                Q4KDecoderScalar.Decode(blocks, destination);
                break;
        }
    }
}

namespace Spanker.Conformance.Tests.Support;

/// <summary>
/// The fields of one Q4_K block, read and written by the format's description and nothing of the product's: the tests' own view.
/// </summary>
public sealed class BlockFields
{
    public const int Bytes = 144;
    public const int Weights = 256;

    /// <summary>The bits of the binary16 d.</summary>
    public ushort D { get; set; }

    /// <summary>The bits of the binary16 dmin.</summary>
    public ushort DMin { get; set; }

    /// <summary>Eight scales, 0..63.</summary>
    public int[] Scales { get; } = new int[8];

    /// <summary>Eight minimums, 0..63.</summary>
    public int[] Minimums { get; } = new int[8];

    /// <summary>256 weights, 0..15.</summary>
    public int[] Q { get; } = new int[Weights];

    /// <summary>Reads a block.</summary>
    public static BlockFields Read(ReadOnlySpan<byte> block)
    {
        var fields = new BlockFields
        {
            D = (ushort)(block[0] + (256 * block[1])),
            DMin = (ushort)(block[2] + (256 * block[3])),
        };
        ReadOnlySpan<byte> p = block.Slice(4, 12);
        for (int s = 0; s < 4; s++)
        {
            fields.Scales[s] = p[s] % 64;
            fields.Minimums[s] = p[s + 4] % 64;
            fields.Scales[s + 4] = (p[s + 8] % 16) + (16 * (p[s] / 64));
            fields.Minimums[s + 4] = (p[s + 8] / 16) + (16 * (p[s + 4] / 64));
        }

        for (int g = 0; g < 4; g++)
        {
            for (int i = 0; i < 32; i++)
            {
                int pair = block[16 + (32 * g) + i];
                fields.Q[(64 * g) + i] = pair % 16;
                fields.Q[(64 * g) + 32 + i] = pair / 16;
            }
        }

        return fields;
    }

    /// <summary>Writes the block's 144 bytes.</summary>
    public void Write(Span<byte> block)
    {
        block[0] = (byte)(D % 256);
        block[1] = (byte)(D / 256);
        block[2] = (byte)(DMin % 256);
        block[3] = (byte)(DMin / 256);
        for (int s = 0; s < 4; s++)
        {
            block[4 + s] = (byte)(Scales[s] + (64 * (Scales[s + 4] / 16)));
            block[8 + s] = (byte)(Minimums[s] + (64 * (Minimums[s + 4] / 16)));
            block[12 + s] = (byte)((Scales[s + 4] % 16) + (16 * (Minimums[s + 4] % 16)));
        }

        for (int g = 0; g < 4; g++)
        {
            for (int i = 0; i < 32; i++)
            {
                block[16 + (32 * g) + i] = (byte)(Q[(64 * g) + i] + (16 * Q[(64 * g) + 32 + i]));
            }
        }
    }
}

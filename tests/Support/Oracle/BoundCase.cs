namespace Spanker.Conformance.Tests.Support;

/// <summary>Rows on which bounds are tried: dense and sparse, of moderate and of extreme scales, one block to four.</summary>
public static class BoundCase
{
    /// <summary>Draws two rows of finite blocks.</summary>
    public static (byte[] A, byte[] B) Draw(SplitMix64 stream)
    {
        int blocks = 1 + stream.Below(4);
        if (stream.OneIn(4))
        {
            DotProductCase drawn = DotProductCase.Draw(stream, blocks);
            return (drawn.A, drawn.B);
        }

        int keepOneIn = 1 << stream.Below(9);
        int spread = 1 + stream.Below(8);
        return (Row(stream, blocks, keepOneIn, spread), Row(stream, blocks, 1, spread));
    }

    private static byte[] Row(SplitMix64 stream, int blocks, int keepOneIn, int spread)
    {
        var fields = new BlockFields[blocks];
        Span<byte> bytes = stackalloc byte[BlockFields.Bytes];
        for (int i = 0; i < blocks; i++)
        {
            stream.Fill(bytes);
            BlockFields block = BlockFields.Read(bytes);
            block.D = Scale(stream, spread);
            block.DMin = (ushort)(stream.OneIn(2) || keepOneIn > 1 ? 0 : Scale(stream, spread));
            for (int j = 0; j < BlockFields.Weights; j++)
            {
                block.Q[j] = stream.OneIn(keepOneIn) ? block.Q[j] : 0;
            }

            fields[i] = block;
        }

        return CraftedRows.Row(fields);
    }

    /// <summary>Magnitudes of 2^-9 down to 2^(-8 - spread): no sum of four blocks overflows a binary16.</summary>
    private static ushort Scale(SplitMix64 stream, int spread) =>
        (ushort)(((6 - stream.Below(Math.Min(6, spread))) << 10) | stream.Below(1024) | (stream.OneIn(2) ? 0x8000 : 0));
}

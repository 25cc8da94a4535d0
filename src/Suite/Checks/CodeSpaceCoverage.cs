using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>Counts which codes of a block's fields a sweep shows, from the bytes that the device was given.</summary>
public static class CodeSpaceCoverage
{
    /// <summary>The codes that the swept operand of <paramref name="tried"/> holds, and how many there are.</summary>
    public static (int Met, int All) Count(MatmulCase tried, OperandFamily family)
    {
        ArgumentNullException.ThrowIfNull(tried);
        ArgumentNullException.ThrowIfNull(family);
        HashSet<int> met = [];
        OperandSide side = family.Name.EndsWith('a') ? OperandSide.A : OperandSide.B;
        ulong rows = side == OperandSide.A ? tried.Shape.M : tried.Shape.N;
        Span<byte> bytes = new byte[tried.Shape.RowBytes];
        for (ulong row = 0; row < rows; row++)
        {
            bytes.Clear();
            tried.Data.FillRow(tried.Shape, side, row, bytes);
            Collect(family.Name[..^1], new Q4KBlock(bytes[..Q4KLayout.BlockBytes]), met);
        }

        int all = family.Name[..^1] switch
        {
            "nibbles" => Q4KLayout.BlockWeights * 16,
            "scales" => Q4KLayout.SubBlocks * 64 * 2,
            _ => 16 * 2,
        };
        return (met.Count, all);
    }

    private static void Collect(string field, Q4KBlock block, HashSet<int> met)
    {
        switch (field)
        {
            case "nibbles":
                for (int p = 0; p < Q4KLayout.BlockWeights; p++)
                {
                    met.Add((p * 16) + block.NibbleAt(p));
                }

                break;
            case "scales":
                for (int s = 0; s < Q4KLayout.SubBlocks; s++)
                {
                    met.Add((s * 64) + block.ScaleAt(s));
                    met.Add(((Q4KLayout.SubBlocks + s) * 64) + block.MinimumAt(s));
                }

                break;
            default:
                ushort bits = BitConverter.HalfToUInt16Bits(field == "dbits" ? block.D : block.DMin);
                for (int b = 0; b < 16; b++)
                {
                    met.Add((b * 2) + ((bits >> b) & 1));
                }

                break;
        }
    }
}

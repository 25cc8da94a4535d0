using Spanker.Conformance.Device;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Zoo;

/// <summary>Class subblock-int with the scales fused: integers are summed over a whole block, then meet d_a*d_b, d_a*dmin_b, dmin_a*d_b and dmin_a*dmin_b once.</summary>
/// <remarks>A product of two binary16 values is exact in binary32, so a block rounds less often than eight sub-blocks do.</remarks>
internal sealed class FourTermSail() : RowSail<BlockFields[]>(SimSail.Describe(SimOptions.Of(ArithmeticClass.SubblockInt)))
{
    /// <summary>Whether the fourth term is left out.</summary>
    public bool DropsMinimums { get; init; }

    protected override ulong BytesPerWeight => 2;

    protected override BlockFields[] NewRow(Operand operand, ulong k)
    {
        BlockFields[] row = new BlockFields[k / Q4KLayout.BlockWeights];
        for (int block = 0; block < row.Length; block++)
        {
            row[block] = new BlockFields();
        }

        return row;
    }

    protected override void FillRow(in MatmulCall call, Operand operand, ulong row, BlockFields[] prepared)
    {
        for (int block = 0; block < prepared.Length; block++)
        {
            Unpack(call, new BlockPlace(operand, row, (ulong)block), prepared[block]);
        }
    }

    protected override float Dot(BlockFields[] a, BlockFields[] b)
    {
        float total = 0;
        for (int block = 0; block < a.Length; block++)
        {
            total += BlockDot(a[block], b[block]);
        }

        return total;
    }

    private float BlockDot(BlockFields a, BlockFields b)
    {
        int products = 0;
        int minimumsOfB = 0;
        int minimumsOfA = 0;
        int minimums = 0;
        for (int i = 0; i < Q4KLayout.BlockWeights; i++)
        {
            int s = i / Q4KLayout.SubBlockWeights;
            int scaledA = a.Scales[s] * a.Nibbles[i];
            int scaledB = b.Scales[s] * b.Nibbles[i];
            products += scaledA * scaledB;
            minimumsOfB += scaledA * b.Minimums[s];
            minimumsOfA += a.Minimums[s] * scaledB;
            minimums += a.Minimums[s] * b.Minimums[s];
        }

        float da = (float)a.Scale;
        float db = (float)b.Scale;
        float dminA = (float)a.Minimum;
        float dminB = (float)b.Minimum;
        float rest = (da * db * products) - (da * dminB * minimumsOfB) - (dminA * db * minimumsOfA);
        return DropsMinimums ? rest : rest + (dminA * dminB * minimums);
    }
}

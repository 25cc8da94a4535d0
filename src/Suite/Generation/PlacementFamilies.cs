using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>Operands for judging shape, order and state: few products an element, so that every class's bound is tight at any k, and every element unique to its place.</summary>
public static class PlacementFamilies
{
    /// <summary>Products in a block; they lie in different sub-blocks.</summary>
    public const int ProductsPerBlock = 3;

    /// <summary>Three products a block at positions that all rows share; scales and nibbles differ by row.</summary>
    public static OperandFamily Placement { get; } = new(
        "placement", "three products a block at shared positions, values unique to row and column", FillPlacement);

    private static void FillPlacement(in RowPlace place, Span<byte> row)
    {
        CaseRandom own = place.OwnRandom();
        ushort d = place.Side == OperandSide.A ? HalfBits.Normal(-8) : HalfBits.Normal(-7);
        for (int block = 0; block * Q4KLayout.BlockBytes < row.Length; block++)
        {
            Span<byte> bytes = row.Slice(block * Q4KLayout.BlockBytes, Q4KLayout.BlockBytes);
            Q4KBlockBuilder.SetDBits(bytes, d);
            CaseRandom shared = place.SharedRandom(block);
            int first = shared.Next(Q4KLayout.SubBlocks);
            for (int product = 0; product < ProductsPerBlock; product++)
            {
                // Step 3 is coprime to 8, so the sub-blocks of one block differ.
                int subBlock = (first + (3 * product)) % Q4KLayout.SubBlocks;
                int weight = (subBlock * Q4KLayout.SubBlockWeights) + shared.Next(Q4KLayout.SubBlockWeights);
                Q4KBlockBuilder.SetScale(bytes, subBlock, own.Next(32, 63));
                Q4KBlockBuilder.SetNibble(bytes, weight, own.Next(1, 15));
            }
        }
    }
}

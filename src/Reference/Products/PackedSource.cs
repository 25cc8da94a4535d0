namespace Spanker.Conformance.Reference;

/// <summary>Packed rows with the bytes that they come from.</summary>
/// <param name="Packed">The rows as the kernel reads them.</param>
/// <param name="Operand">The operand.</param>
/// <param name="First">The index in the operand of the first packed row.</param>
/// <param name="Count">Rows of the operand that are packed; the rest are zeros.</param>
internal readonly record struct PackedSource(PackedRows Packed, OperandRows Operand, int First, int Count)
{
    /// <summary>One block's weights.</summary>
    public ExactRow Decode(int row, int block, WeightDefinition definition) =>
        ExactRow.Decode(Operand.Row(First + row).Slice(block * Q4KLayout.BlockBytes, Q4KLayout.BlockBytes), definition);

    /// <summary>Packs the rows of a group.</summary>
    public void PackGroup(int group, WeightDefinition definition)
    {
        for (int row = group * Packed.Group; row < (group + 1) * Packed.Group; row++)
        {
            Packed.Pack(row, row < Count ? Operand.Row(First + row) : [], definition);
        }
    }
}

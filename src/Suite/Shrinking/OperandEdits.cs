using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>Edits to one operand of the best failing case; each is kept only if the case still fails.</summary>
/// <param name="shrinker">Holds the best case.</param>
/// <param name="side">The operand that is edited.</param>
internal sealed class OperandEdits(CaseShrinker shrinker, OperandSide side)
{
    private delegate void Edit(Span<byte> operand);

    private MatmulCase Current => (MatmulCase)shrinker.Best.Case;

    private ReadOnlyMemory<byte> Operand => side == OperandSide.A ? ((LiteralOperands)Current.Data).A : ((LiteralOperands)Current.Data).B;

    private int BlockCount => Operand.Length / Q4KLayout.BlockBytes;

    /// <summary>Zeroes rows that the failure does not need.</summary>
    public void EmptyRows()
    {
        int rowBytes = Current.Shape.RowBytes;
        for (int at = 0; at < Operand.Length && Operand.Length > rowBytes; at += rowBytes)
        {
            int start = at;
            Try(operand => operand.Slice(start, rowBytes).Clear());
        }
    }

    /// <summary>Zeroes blocks that the failure does not need.</summary>
    public void EmptyBlocks()
    {
        for (int block = 0; block < BlockCount; block++)
        {
            OnBlock(block, bytes => bytes.Clear());
        }
    }

    /// <summary>Makes the fields of every block that is left as plain as the failure allows.</summary>
    public void SimplifyFields()
    {
        for (int block = 0; block < BlockCount; block++)
        {
            if (Operand.Span.Slice(block * Q4KLayout.BlockBytes, Q4KLayout.BlockBytes).ContainsAnyExcept((byte)0))
            {
                SimplifyBlock(block);
            }
        }
    }

    private void SimplifyBlock(int block)
    {
        // Sub-blocks first, in bulk: most have nothing to do with the failure.
        for (int s = 0; s < Q4KLayout.SubBlocks; s++)
        {
            int subBlock = s;
            OnBlock(block, bytes => EmptySubBlock(bytes, subBlock));
        }

        if (!OnBlock(block, bytes => Q4KBlockBuilder.SetDMinBits(bytes, 0)))
        {
            OnBlock(block, bytes => Q4KBlockBuilder.SetDMinBits(bytes, HalfBits.One));
        }

        if (!OnBlock(block, bytes => Q4KBlockBuilder.SetDBits(bytes, HalfBits.One)))
        {
            ClearBits(block, 16, bit => bytes => Q4KBlockBuilder.SetDBits(
                bytes, (ushort)(BitConverter.HalfToUInt16Bits(new Q4KBlock(bytes).D) & ~(1 << bit))));
        }

        for (int s = 0; s < Q4KLayout.SubBlocks; s++)
        {
            SimplifySubBlock(block, s);
        }
    }

    private void SimplifySubBlock(int block, int s)
    {
        SimplifyNibbles(block, s * Q4KLayout.SubBlockWeights, Q4KLayout.SubBlockWeights);
        if (!OnBlock(block, bytes => Q4KBlockBuilder.SetMinimum(bytes, s, 0)) && !OnBlock(block, bytes => Q4KBlockBuilder.SetMinimum(bytes, s, 1)))
        {
            ClearBits(block, 6, bit => bytes => Q4KBlockBuilder.SetMinimum(bytes, s, new Q4KBlock(bytes).MinimumAt(s) & ~(1 << bit)));
        }

        if (!OnBlock(block, bytes => Q4KBlockBuilder.SetScale(bytes, s, 0)) && !OnBlock(block, bytes => Q4KBlockBuilder.SetScale(bytes, s, 1)))
        {
            ClearBits(block, 6, bit => bytes => Q4KBlockBuilder.SetScale(bytes, s, new Q4KBlock(bytes).ScaleAt(s) & ~(1 << bit)));
        }
    }

    // Halves a range of weights until single ones are left, emptying what it can.
    private void SimplifyNibbles(int block, int first, int count)
    {
        if (OnBlock(block, bytes => SetNibbles(bytes, first, count, 0)) || OnlyZeros(block, first, count))
        {
            return;
        }

        if (count > 1)
        {
            SimplifyNibbles(block, first, count / 2);
            SimplifyNibbles(block, first + (count / 2), count - (count / 2));
            return;
        }

        if (!OnBlock(block, bytes => Q4KBlockBuilder.SetNibble(bytes, first, 1)))
        {
            ClearBits(block, 4, bit => bytes => Q4KBlockBuilder.SetNibble(bytes, first, new Q4KBlock(bytes).NibbleAt(first) & ~(1 << bit)));
        }
    }

    private bool OnlyZeros(int block, int first, int count)
    {
        Q4KBlock view = new(Operand.Span.Slice(block * Q4KLayout.BlockBytes, Q4KLayout.BlockBytes));
        for (int i = first; i < first + count; i++)
        {
            if (view.NibbleAt(i) != 0)
            {
                return false;
            }
        }

        return true;
    }

    private static void SetNibbles(Span<byte> bytes, int first, int count, int value)
    {
        for (int i = first; i < first + count; i++)
        {
            Q4KBlockBuilder.SetNibble(bytes, i, value);
        }
    }

    private static void EmptySubBlock(Span<byte> bytes, int s)
    {
        Q4KBlockBuilder.SetScale(bytes, s, 0);
        Q4KBlockBuilder.SetMinimum(bytes, s, 0);
        SetNibbles(bytes, s * Q4KLayout.SubBlockWeights, Q4KLayout.SubBlockWeights, 0);
    }

    private void ClearBits(int block, int bits, Func<int, Edit> clear)
    {
        for (int bit = 0; bit < bits; bit++)
        {
            OnBlock(block, clear(bit));
        }
    }

    private bool OnBlock(int block, Edit edit) => Try(operand => edit(operand.Slice(block * Q4KLayout.BlockBytes, Q4KLayout.BlockBytes)));

    // An edit that changes nothing has nothing to try: the operand is as plain as it would make it.
    private bool Try(Edit edit)
    {
        byte[] edited = Operand.ToArray();
        edit(edited);
        if (Operand.Span.SequenceEqual(edited))
        {
            return true;
        }

        LiteralOperands data = (LiteralOperands)Current.Data;
        return shrinker.Keeps(Current with { Data = side == OperandSide.A ? data with { A = edited } : data with { B = edited } });
    }
}

using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>Shrinks what the operands of a failing matmul hold: rows, blocks, then fields down to single bits.</summary>
/// <remarks>
/// A field is made plain (d = 1, dmin = 0, scale 1, minimum 0, nibble 1) or empty where the case still fails without it, so what
/// is left over is what the failure needs. <see cref="Localiser"/> reads the place of the fault off it.
/// </remarks>
public static class MatmulDataShrinker
{
    private const ulong MostBytes = 1 << 22;

    // The clauses whose failures depend on what the operands hold.
    private static readonly HashSet<string> ValueClauses = ["MM-1", "MM-2", "MM-12", "MM-13", "MM-16", "NUM-1", "NUM-2", "NUM-3", "NUM-4"];

    /// <summary>Whether failures of a clause are about values.</summary>
    public static bool IsAboutValues(string clause) => ValueClauses.Contains(clause);

    /// <summary>Shrinks the operands of the best case so far.</summary>
    public static void Shrink(CaseShrinker shrinker)
    {
        ArgumentNullException.ThrowIfNull(shrinker);
        MatmulCase failing = (MatmulCase)shrinker.Best.Case;
        if (!IsAboutValues(failing.Clause) || shrinker.Best.Deviation.Element is null || !IsShrinkable(failing) || !TryMakeLiteral(shrinker))
        {
            return;
        }

        KeepOneElement(shrinker);
        DropBlocks(shrinker);
        foreach (OperandSide side in (OperandSide[])[OperandSide.A, OperandSide.B])
        {
            OperandEdits edits = new(shrinker, side);
            edits.EmptyRows();
            edits.EmptyBlocks();
            edits.SimplifyFields();
        }
    }

    private static bool IsShrinkable(MatmulCase failing) =>
        failing.ALength == BufferLength.Consistent
        && failing.BLength == BufferLength.Consistent
        && failing.Shape.ABytes + failing.Shape.BBytes <= MostBytes
        && failing.Shape.RowBlocks > 0;

    private static bool TryMakeLiteral(CaseShrinker shrinker)
    {
        MatmulCase failing = (MatmulCase)shrinker.Best.Case;
        if (failing.Data is LiteralOperands)
        {
            return true;
        }

        return shrinker.Keeps(failing with
        {
            Data = new LiteralOperands(
                Rows(failing, OperandSide.A, AllRows(failing.Shape.M)), Rows(failing, OperandSide.B, AllRows(failing.Shape.N))),
        });
    }

    // The row and the column of the first wrong element are often enough.
    private static void KeepOneElement(CaseShrinker shrinker)
    {
        MatmulCase failing = (MatmulCase)shrinker.Best.Case;
        if (shrinker.Best.Deviation.Element is not (ulong row, ulong column))
        {
            return;
        }

        LiteralOperands data = (LiteralOperands)failing.Data;
        if (failing.Shape.M > 1)
        {
            shrinker.Keeps(failing with
            {
                Shape = failing.Shape with { M = 1 },
                Data = data with { A = Rows(failing, OperandSide.A, [row]) },
            });
        }

        failing = (MatmulCase)shrinker.Best.Case;
        data = (LiteralOperands)failing.Data;
        if (failing.Shape.N > 1)
        {
            shrinker.Keeps(failing with
            {
                Shape = failing.Shape with { N = 1 },
                Data = data with { B = Rows(failing, OperandSide.B, [column]) },
            });
        }
    }

    private static void DropBlocks(CaseShrinker shrinker)
    {
        int block = 0;
        while (((MatmulCase)shrinker.Best.Case).Shape is var shape && shape.RowBlocks > 1 && block < (int)shape.RowBlocks)
        {
            MatmulCase failing = (MatmulCase)shrinker.Best.Case;
            LiteralOperands data = (LiteralOperands)failing.Data;
            bool dropped = shrinker.Keeps(failing with
            {
                Shape = shape with { K = shape.K - Q4KLayout.BlockWeights },
                Data = new LiteralOperands(WithoutBlock(data.A, shape, block), WithoutBlock(data.B, shape, block)),
            });
            block += dropped ? 0 : 1;
        }
    }

    private static byte[] WithoutBlock(ReadOnlyMemory<byte> operand, MatmulShape shape, int block)
    {
        List<byte> kept = [];
        for (int at = 0; at < operand.Length; at += Q4KLayout.BlockBytes)
        {
            if (at / Q4KLayout.BlockBytes % (int)shape.RowBlocks != block)
            {
                kept.AddRange(operand.Span.Slice(at, Q4KLayout.BlockBytes));
            }
        }

        return [.. kept];
    }

    private static IEnumerable<ulong> AllRows(ulong count)
    {
        for (ulong row = 0; row < count; row++)
        {
            yield return row;
        }
    }

    private static byte[] Rows(MatmulCase failing, OperandSide side, IEnumerable<ulong> rows)
    {
        List<byte> bytes = [];
        byte[] buffer = new byte[failing.Shape.RowBytes];
        foreach (ulong row in rows)
        {
            buffer.AsSpan().Clear();
            failing.Data.FillRow(failing.Shape, side, row, buffer);
            bytes.AddRange(buffer);
        }

        return [.. bytes];
    }
}

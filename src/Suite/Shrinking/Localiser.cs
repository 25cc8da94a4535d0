using System.Globalization;
using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Suite;

/// <summary>Says in words where in the operands a fault lies, from what a shrunk case could not do without.</summary>
/// <remarks>
/// A shrunk operand is plain (d = 1, dmin = 0, scale 1, minimum 0, a nibble of 1) wherever the failure allows. The fields that are not
/// plain are named; an operand that is plain throughout is named by the nibbles that it still holds.
/// </remarks>
public static class Localiser
{
    /// <summary>The place, or an empty text where the failure is not about the operands.</summary>
    public static string Describe(Case original, Deviation first, ShrunkCase shrunk)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(shrunk);
        List<string> parts = [];
        if (shrunk.Case is MatmulCase { Data: LiteralOperands data } small)
        {
            parts.AddRange(Places(small, OperandSide.A, data.A));
            parts.AddRange(Places(small, OperandSide.B, data.B));
        }

        if (original is MatmulCase { Data: RealOperands real } && first.Element is (ulong realRow, _))
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"row {real.FirstRow + realRow} of tensor {real.Weights.Tensor}"));
        }
        else if (first.Element is (ulong row, ulong column) && original != shrunk.Case)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"first seen at y[{row},{column}] of {original.ShapeText}"));
        }

        return string.Join("; ", parts);
    }

    private static List<string> Places(MatmulCase small, OperandSide side, ReadOnlyMemory<byte> operand)
    {
        List<string> odd = Odd(small, side, operand);
        return odd.Count > 0 ? odd : Plain(small, side, operand);
    }

    private static List<string> Odd(MatmulCase small, OperandSide side, ReadOnlyMemory<byte> operand)
    {
        List<string> places = [];
        for (int index = 0; index < operand.Length / Q4KLayout.BlockBytes; index++)
        {
            Q4KBlock block = BlockAt(operand, index);
            string place = Place(small, side, index);
            List<string> fields = [.. OddFields(block)];
            places.AddRange(fields.Select(field => $"{place}, {field}"));
        }

        return places;
    }

    private static List<string> OddFields(Q4KBlock block)
    {
        List<string> fields = [];
        ushort d = BitConverter.HalfToUInt16Bits(block.D);
        ushort dmin = BitConverter.HalfToUInt16Bits(block.DMin);
        bool minimumIsOdd = false;
        for (int s = 0; s < Q4KLayout.SubBlocks; s++)
        {
            int minimum = block.MinimumAt(s);
            minimumIsOdd |= minimum > 1;
            Add(fields, s, "scale bits", block.ScaleAt(s));
            Add(fields, s, "minimum bits", minimum);
        }

        for (int i = 0; i < Q4KLayout.BlockWeights; i++)
        {
            if (block.NibbleAt(i) > 1)
            {
                fields.Add(string.Create(CultureInfo.InvariantCulture, $"sub-block {i / Q4KLayout.SubBlockWeights}, nibble of weight {i} = {block.NibbleAt(i)}"));
            }
        }

        if (d is not (0 or HalfBits.One))
        {
            fields.Insert(0, string.Create(CultureInfo.InvariantCulture, $"d = {block.D} (0x{d:x4})"));
        }

        if (dmin != 0 && (dmin != HalfBits.One || !minimumIsOdd))
        {
            fields.Insert(0, string.Create(CultureInfo.InvariantCulture, $"dmin = {block.DMin} (0x{dmin:x4})"));
        }

        return fields;
    }

    private static void Add(List<string> fields, int subBlock, string name, int value)
    {
        if (value > 1)
        {
            string bits = value >= 16 ? "high" : "low";
            fields.Add(string.Create(CultureInfo.InvariantCulture, $"sub-block {subBlock}, {bits} {name} = {value}"));
        }
    }

    private static List<string> Plain(MatmulCase small, OperandSide side, ReadOnlyMemory<byte> operand)
    {
        List<string> places = [];
        for (int index = 0; index < operand.Length / Q4KLayout.BlockBytes; index++)
        {
            Q4KBlock block = BlockAt(operand, index);
            for (int i = 0; i < Q4KLayout.BlockWeights && places.Count < 4; i++)
            {
                if (block.NibbleAt(i) != 0)
                {
                    places.Add(string.Create(
                        CultureInfo.InvariantCulture, $"{Place(small, side, index)}, sub-block {i / Q4KLayout.SubBlockWeights}, nibble of weight {i}"));
                }
            }
        }

        return places;
    }

    private static Q4KBlock BlockAt(ReadOnlyMemory<byte> operand, int index) =>
        new(operand.Span.Slice(index * Q4KLayout.BlockBytes, Q4KLayout.BlockBytes));

    private static string Place(MatmulCase small, OperandSide side, int index)
    {
        int blocks = (int)small.Shape.RowBlocks;
        return string.Create(CultureInfo.InvariantCulture, $"{side} row {index / blocks}, block {index % blocks}");
    }
}

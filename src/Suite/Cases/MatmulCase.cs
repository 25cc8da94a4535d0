using System.Globalization;
using System.Text;

namespace Spanker.Conformance.Suite;

/// <summary>A call of the matmul: dimensions, buffer lengths, and what the operands hold.</summary>
/// <param name="Clause">The clause that the case is about.</param>
/// <param name="Shape">The dimensions.</param>
/// <param name="Data">What the operands hold.</param>
public sealed record MatmulCase(string Clause, MatmulShape Shape, OperandData Data) : Case(Clause)
{
    /// <summary>Length of A.</summary>
    public BufferLength ALength { get; init; }

    /// <summary>Length of B.</summary>
    public BufferLength BLength { get; init; }

    /// <summary>Length of OUT.</summary>
    public BufferLength OutputLength { get; init; }

    /// <summary>Length of A in bytes.</summary>
    public ulong ABytes => ALength.Resolve(Shape.ABytes);

    /// <summary>Length of B in bytes.</summary>
    public ulong BBytes => BLength.Resolve(Shape.BBytes);

    /// <summary>Length of OUT in bytes.</summary>
    public ulong OutputBytes => OutputLength.Resolve(Shape.OutputBytes);

    /// <inheritdoc/>
    public override string ShapeText => Shape.ToString();

    /// <inheritdoc/>
    protected override string TokenBody
    {
        get
        {
            StringBuilder body = new();
            body.Append(CultureInfo.InvariantCulture, $"m{Shape.M}n{Shape.N}k{Shape.K}");
            Append(body, 'a', ALength);
            Append(body, 'b', BLength);
            Append(body, 'o', OutputLength);
            return body.Append('-').Append(Data.ToToken()).ToString();
        }
    }

    private static void Append(StringBuilder body, char buffer, BufferLength length)
    {
        string text = length.ToToken();
        if (text.Length > 0)
        {
            body.Append('-').Append(buffer).Append(text);
        }
    }
}

using System.Globalization;

namespace Spanker.Conformance.Suite;

/// <summary>What a matmul's operands hold.</summary>
public abstract record OperandData
{
    /// <summary>True if results may be zero in their majority on purpose.</summary>
    public abstract bool MeansZeros { get; }

    /// <summary>The spelling in tokens.</summary>
    public abstract string ToToken();

    /// <summary>Fills a row with whole blocks.</summary>
    /// <param name="shape">The case's dimensions.</param>
    /// <param name="side">Which operand.</param>
    /// <param name="rowIndex">Which row.</param>
    /// <param name="row">The row's bytes, zeroed; a multiple of 144.</param>
    public abstract void FillRow(MatmulShape shape, OperandSide side, ulong rowIndex, Span<byte> row);
}

/// <summary>Operands made by a family from a seed.</summary>
/// <param name="Family">How.</param>
/// <param name="Seed">From what.</param>
public sealed record GeneratedOperands(OperandFamily Family, ulong Seed) : OperandData
{
    /// <inheritdoc/>
    public override bool MeansZeros => Family.MeansZeros;

    /// <inheritdoc/>
    public override string ToToken() => string.Create(CultureInfo.InvariantCulture, $"{Family.Name}-s{Seed:x}");

    /// <inheritdoc/>
    public override void FillRow(MatmulShape shape, OperandSide side, ulong rowIndex, Span<byte> row)
    {
        Family.Fill(new RowPlace(Seed, side, rowIndex, shape), row);
    }
}

/// <summary>Operands given byte by byte, as shrinking leaves them.</summary>
/// <param name="A">All rows of A.</param>
/// <param name="B">All rows of B.</param>
public sealed record LiteralOperands(ReadOnlyMemory<byte> A, ReadOnlyMemory<byte> B) : OperandData
{
    /// <inheritdoc/>
    public override bool MeansZeros => true;

    /// <inheritdoc/>
    public override string ToToken() => $"lit-{SparseBytes.Encode(A.Span)}-{SparseBytes.Encode(B.Span)}";

    /// <summary>Equality of the bytes, not of where they lie.</summary>
    public bool Equals(LiteralOperands? other) => other is not null && A.Span.SequenceEqual(other.A.Span) && B.Span.SequenceEqual(other.B.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(A.Span);
        hash.AddBytes(B.Span);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override void FillRow(MatmulShape shape, OperandSide side, ulong rowIndex, Span<byte> row)
    {
        ReadOnlySpan<byte> bytes = side == OperandSide.A ? A.Span : B.Span;
        ulong start = rowIndex * (ulong)row.Length;
        if (start < (ulong)bytes.Length)
        {
            ReadOnlySpan<byte> given = bytes[(int)start..];
            given[..Math.Min(given.Length, row.Length)].CopyTo(row);
        }
    }
}

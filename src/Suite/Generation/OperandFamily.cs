namespace Spanker.Conformance.Suite;

/// <summary>Fills one row of whole blocks.</summary>
/// <param name="place">Which row, of what.</param>
/// <param name="row">The row's bytes, zeroed; a multiple of 144.</param>
public delegate void RowFill(in RowPlace place, Span<byte> row);

/// <summary>A named way to make operands. A token names it, so its bytes never change under one generator version.</summary>
/// <param name="Name">Lower-case letters and digits: it stands in tokens.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Fill">Makes a row.</param>
/// <param name="MeansZeros">True if results may be zero in their majority on purpose; otherwise such a case is inconclusive.</param>
public sealed record OperandFamily(string Name, string Description, RowFill Fill, bool MeansZeros = false);

namespace Spanker.Conformance.Suite;

/// <summary>The row of an operand that a family is asked to fill. A row is a pure function of its place.</summary>
/// <param name="Seed">The case's seed.</param>
/// <param name="Side">Which operand.</param>
/// <param name="Row">The row's index.</param>
/// <param name="Shape">The case's dimensions.</param>
public readonly record struct RowPlace(ulong Seed, OperandSide Side, ulong Row, MatmulShape Shape)
{
    /// <summary>Random numbers of this row alone.</summary>
    public CaseRandom OwnRandom() => CaseRandom.Keyed(Seed, 1, (ulong)Side, Row);

    /// <summary>Random numbers that all rows of both operands see alike, for block <paramref name="block"/>.</summary>
    public CaseRandom SharedRandom(int block) => CaseRandom.Keyed(Seed, 2, (ulong)block);
}

namespace Spanker.Conformance.Suite;

/// <summary>Which operand of a matmul.</summary>
public enum OperandSide
{
    /// <summary>The left one, m rows.</summary>
    A,

    /// <summary>The right one, n rows (columns of the mathematical operand).</summary>
    B,
}

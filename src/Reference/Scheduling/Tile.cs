namespace Spanker.Conformance.Reference;

/// <summary>The tile that the cost model weighs: [m x k] weights by [k x n] (CONTRACT SCH-2).</summary>
/// <param name="M">Rows of the weights.</param>
/// <param name="N">Columns of the activations.</param>
/// <param name="K">Depth.</param>
/// <param name="ElementBytes">e, bytes an element.</param>
public readonly record struct Tile(ulong M, ulong N, ulong K, ulong ElementBytes);

namespace Spanker.Conformance.Reference;

/// <summary>The order in which an f32 device adds the k products of one output element, as far as it declares it (CONTRACT NUM-3).</summary>
public enum SummationOrder
{
    /// <summary>Nothing is declared: any tree over the products.</summary>
    Any,

    /// <summary>One accumulator, products 0, 1, 2, .. in order.</summary>
    Sequential,

    /// <summary>Recursive halving of the index range down to single products.</summary>
    Pairwise,

    /// <summary>Blocks of 32 products added sequentially, then the block sums added sequentially.</summary>
    Blocks32,

    /// <summary>Blocks of 256 products added sequentially, then the block sums added sequentially.</summary>
    Blocks256,
}

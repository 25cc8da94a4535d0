namespace Spanker.Conformance.Reference;

/// <summary>Takes the elements of a product, a tile at a time.</summary>
public interface IElementSink
{
    /// <summary>Says which elements come next on the calling thread, so that their place can be fetched into the cache while they are computed.</summary>
    void Expect(int firstRow, int firstColumn, int rows, int columns);

    /// <summary>Takes a tile, which is only lent. Called on several threads at once, in any order, once for each element.</summary>
    void Take(in ElementTile tile);
}

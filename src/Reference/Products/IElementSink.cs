namespace Spanker.Conformance.Reference;

/// <summary>Takes the elements of a product, a tile at a time.</summary>
public interface IElementSink
{
    /// <summary>Takes a tile, which is only lent. Called on several threads at once, in any order, once for each element.</summary>
    void Take(in ElementTile tile);
}

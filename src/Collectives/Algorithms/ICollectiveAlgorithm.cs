using Spanker.Conformance.Reference;

namespace Spanker.Conformance.Collectives;

/// <summary>What each card does in a collective. The same code runs on real tasks and under the explorer.</summary>
public interface ICollectiveAlgorithm
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>True if it gathers; false if it reduces.</summary>
    bool Gathers { get; }

    /// <summary>The links that it uses.</summary>
    IEnumerable<(int From, int To)> Links(int cards);

    /// <summary>The cards that receive from any source.</summary>
    IEnumerable<int> Inboxes(int cards) => [];

    /// <summary>Pieces into which it cuts a buffer, each with a tree of its own.</summary>
    int Pieces(int cards);

    /// <summary>The order in which it combines the cards' values of a piece; null if it gathers. Every node has the lower card's value first.</summary>
    ReductionTree? OrderOf(int cards, int piece);

    /// <summary>A card's part. An AllGather's buffer holds all blocks, the card's own filled in.</summary>
    /// <exception cref="CollectiveException">The card could not end it.</exception>
    ValueTask RunAsync(Card card);
}

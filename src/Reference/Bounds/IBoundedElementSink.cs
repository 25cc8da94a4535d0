namespace Spanker.Conformance.Reference;

/// <summary>Takes the elements of a product with limits of their bounds.</summary>
public interface IBoundedElementSink
{
    /// <summary>Takes an element; called once for each, in any order.</summary>
    /// <param name="row">Its row of A.</param>
    /// <param name="column">Its row of B.</param>
    /// <param name="value">The exact value.</param>
    /// <param name="limits">The limits of the claim's bound.</param>
    void Take(int row, int column, in ExactValue value, in BoundLimits limits);
}

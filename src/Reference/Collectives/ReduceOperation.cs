namespace Spanker.Conformance.Reference;

/// <summary>What an AllReduce computes (CONTRACT COL-1).</summary>
public enum ReduceOperation
{
    /// <summary>The sum of all cards' values.</summary>
    Sum = 0,

    /// <summary>The greatest value.</summary>
    Max = 1,

    /// <summary>The least value.</summary>
    Min = 2,

    /// <summary>The sum divided by the number of cards.</summary>
    Avg = 3,
}

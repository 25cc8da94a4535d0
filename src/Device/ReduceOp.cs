namespace Spanker.Conformance.Device;

/// <summary>The operation of an AllReduce. Open-ended: a code that is not named here is legal to pass and must be answered with a typed error (CONTRACT COL-1, MM-15).</summary>
public enum ReduceOp
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

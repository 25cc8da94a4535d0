namespace Spanker.Conformance.Collectives;

/// <summary>How cards combine two values.</summary>
public enum Combination
{
    /// <summary>Their sum in binary32.</summary>
    Sum,

    /// <summary>The greater; a NaN if either is one; -0 is less than +0.</summary>
    Max,

    /// <summary>The lesser; a NaN if either is one; -0 is less than +0.</summary>
    Min,
}

namespace Spanker.Conformance.Reference;

/// <summary>The units in which a row's scales are integers: <c>d = D * 2^(DExponent - 24)</c>, dmin alike.</summary>
/// <param name="DExponent">The greatest that divides every d of the row, over 2^-24.</param>
/// <param name="DMinExponent">The same of dmin.</param>
internal readonly record struct RowUnits(int DExponent, int DMinExponent)
{
    /// <summary>The common unit of both.</summary>
    public int Exponent => Math.Min(DExponent, DMinExponent);

    /// <summary>How far d's unit lies above the common one.</summary>
    public int DShift => DExponent - Exponent;

    /// <summary>How far dmin's unit lies above the common one.</summary>
    public int DMinShift => DMinExponent - Exponent;
}

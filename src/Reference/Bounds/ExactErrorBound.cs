namespace Spanker.Conformance.Reference;

/// <summary>Class exact: the exact value rounded once.</summary>
internal static class ExactErrorBound
{
    /// <summary>
    /// Half a unit in the last place: u * 2^e for 2^e &lt;= |x| &lt; 2^(e+1). The class itself demands more, the very bits
    /// (zeros of either sign being equal); this is its error, for reports.
    /// </summary>
    public static double HalfUlp(in ExactElement element)
    {
        UInt128 magnitude = element.Value.MagnitudeUnits;
        return magnitude == 0
            ? 0
            : Math.ScaleB(ErrorBound.SingleRoundoff, (int)UInt128.Log2(magnitude) + ExactValue.UnitExponent);
    }
}

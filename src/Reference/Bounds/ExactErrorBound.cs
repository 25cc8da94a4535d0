namespace Spanker.Conformance.Reference;

/// <summary>Class exact: the exact value rounded once.</summary>
internal static class ExactErrorBound
{
    private const int SignificandBits = 24;

    /// <summary>
    /// 0 where binary32 holds the exact value; else half a unit in the last place, u * 2^e for 2^e &lt; |x| &lt; 2^(e+1). The class itself
    /// demands more, the very bits (zeros of either sign being equal); this is its error, for reports and for the order of the classes.
    /// </summary>
    public static double OfRounding(in ExactValue value)
    {
        UInt128 magnitude = value.MagnitudeUnits;
        if (magnitude == 0)
        {
            return 0;
        }

        int leading = (int)UInt128.Log2(magnitude);
        bool isRepresentable = leading - (int)UInt128.TrailingZeroCount(magnitude) < SignificandBits;
        return isRepresentable ? 0 : Math.ScaleB(ErrorBound.SingleRoundoff, leading + ExactValue.UnitExponent);
    }
}

namespace Spanker.Conformance.Reference;

/// <summary>How a class's bound is limited from both sides by a few sums over k of nonnegative products. The first is S = sum |a_i b_i|.</summary>
internal abstract class ClassLimits
{
    private const float Unit = 1f / (1 << -ExactRow.UnitExponent);

    /// <summary>Sums that the class takes, S among them; 1 to 3.</summary>
    public abstract int Sums { get; }

    /// <summary>The sum of which the nonzero products are counted.</summary>
    public virtual int CountedSum => 0;

    /// <summary>Whether the class asks where nothing can round.</summary>
    public virtual bool AsksForUnits => false;

    /// <summary>The limits of a claim's class.</summary>
    /// <exception cref="ArgumentException">Class exact has no bound to be limited: its elements are judged by their values.</exception>
    public static ClassLimits Of(ArithmeticClaim claim, int length) => claim.Class switch
    {
        ArithmeticClass.F32 => new F32Limits(claim, length),
        ArithmeticClass.SubblockInt => new SubblockIntLimits(claim),
        ArithmeticClass.F16Accumulate or ArithmeticClass.Bf16Accumulate => new NarrowAccumulateLimits(claim),
        ArithmeticClass.Q8K => new Q8KLimits(),
        _ => throw new ArgumentException($"The elements of class {claim} are judged by their values.", nameof(claim)),
    };

    /// <summary>The terms that a row of A contributes to a sum, rounded at most once.</summary>
    public virtual void FillA(int sum, ExactRow row, Span<float> terms) => Round(row.Units, terms);

    /// <summary>The terms that a row of B contributes to a sum, rounded at most twice.</summary>
    public virtual void FillB(int sum, ExactRow row, Span<float> terms) => Round(row.Units, terms);

    /// <summary>The limits of an element of finite rows.</summary>
    public abstract BoundLimits OfFinite(in ElementTerms element);

    /// <summary>The limits of an element that is infinite or NaN.</summary>
    public abstract BoundLimits OfNonFinite(in ElementTerms element);

    /// <summary>|units| as binary32.</summary>
    protected static void Round(ReadOnlySpan<long> units, Span<float> terms)
    {
        for (int i = 0; i < terms.Length; i++)
        {
            terms[i] = Math.Abs(units[i]) * Unit;
        }
    }

    /// <summary>A number of units as binary32.</summary>
    protected static float Round(double units) => (float)units * Unit;
}

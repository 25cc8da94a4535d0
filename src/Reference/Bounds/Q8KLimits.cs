namespace Spanker.Conformance.Reference;

/// <summary>Class q8k: three sums between limits, S, Q and S'', and T counted.</summary>
internal sealed class Q8KLimits : ClassLimits
{
    private const int Requantized = 1;
    private const int Terms = 2;

    /// <inheritdoc/>
    public override int Sums => 3;

    /// <inheritdoc/>
    public override int CountedSum => Terms;

    /// <summary>Finite scales only.</summary>
    public override BoundLimits OfNonFinite(in ElementTerms element) => BoundLimits.NotExercised;

    /// <inheritdoc/>
    public override void FillA(int sum, ExactRow row, Span<float> terms) => Round(sum == Terms ? row.Components : row.Units, terms);

    /// <inheritdoc/>
    public override void FillB(int sum, ExactRow row, Span<float> terms)
    {
        base.FillB(sum, row, terms);
        for (int i = 0; sum > 0 && i < terms.Length; i++)
        {
            double maximum = row.BlockMaxima[i / Q4KLayout.BlockWeights];
            double requantized = sum == Requantized ? maximum : Math.Abs((double)row.Units[i]) + (Q8KErrorBound.RequantizationStep * maximum);
            terms[i] = row.Units[i] == 0 ? 0 : Round(requantized);
        }
    }

    /// <inheritdoc/>
    public override BoundLimits OfFinite(in ElementTerms element)
    {
        long products = element.NonzeroProducts;
        return products == 0
            ? BoundLimits.Of(0, 0, element.Magnitude)
            : BoundLimits.Of(
                Q8KErrorBound.Formula(2 * products, element.Magnitude.Lower, element.Second.Lower, element.Third.Lower),
                Q8KErrorBound.Formula(2 * products, element.Magnitude.Upper, element.Second.Upper, element.Third.Upper),
                element.Magnitude);
    }
}

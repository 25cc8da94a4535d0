namespace Spanker.Conformance.Reference;

/// <summary>Class subblock-int: c(T) S' with T counted and S' between limits; S is asked for only to tell whether the bound says something.</summary>
internal sealed class SubblockIntLimits(ArithmeticClaim claim) : ClassLimits
{
    /// <inheritdoc/>
    public override int Sums => 2;

    /// <summary>Finite scales only.</summary>
    public override BoundLimits OfNonFinite(in ElementTerms element) => BoundLimits.NotExercised;

    /// <inheritdoc/>
    public override void FillA(int sum, ExactRow row, Span<float> terms) => Round(sum == 0 ? row.Units : row.Components, terms);

    /// <inheritdoc/>
    public override void FillB(int sum, ExactRow row, Span<float> terms) => FillA(sum, row, terms);

    /// <inheritdoc/>
    public override BoundLimits OfFinite(in ElementTerms element)
    {
        long terms = RowFacts.SubblockTerms(element.A, element.B);
        double rounding = ErrorBound.WeightRounding(claim.Weights == WeightDefinition.RoundedToBinary32 && element.RoundsInDecode);
        double factor = terms == 0 ? 0 : SubblockIntErrorBound.TermsInAnyOrder(terms) + rounding;
        return BoundLimits.Of(factor * element.Second.Lower, factor * element.Second.Upper, element.Magnitude);
    }
}

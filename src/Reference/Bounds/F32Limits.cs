namespace Spanker.Conformance.Reference;

/// <summary>
/// Class f32: c(n) S with n counted, and for an order that is declared sum_i h_i |a_i b_i|, whose h_i are those of rows without zeros.
/// docs/numerics.md, section 9, Lemmas 7 and 8.
/// </summary>
internal sealed class F32Limits : ClassLimits
{
    private const int SignificandBits = 24;

    private readonly ArithmeticClaim claim;
    private readonly int length;
    private readonly int blockLength;

    /// <summary>The limits of a claim, for rows of <paramref name="length"/> weights.</summary>
    public F32Limits(ArithmeticClaim claim, int length)
    {
        this.claim = claim;
        this.length = length;
        blockLength = F32ErrorBound.BlockLength(claim.Order, length);
    }

    /// <inheritdoc/>
    public override int Sums => IsChained ? 2 : 1;

    /// <inheritdoc/>
    public override bool AsksForUnits => true;

    /// <summary>IEEE 754 decides.</summary>
    public override BoundLimits OfNonFinite(in ElementTerms element) => BoundLimits.Zero;

    private bool IsChained => blockLength > 0;

    private int Blocks => length / blockLength;

    /// <inheritdoc/>
    public override void FillB(int sum, ExactRow row, Span<float> terms)
    {
        base.FillB(sum, row, terms);
        for (int i = 0; sum == 1 && i < terms.Length; i++)
        {
            terms[i] *= Roundings(i);
        }
    }

    /// <inheritdoc/>
    public override BoundLimits OfFinite(in ElementTerms element)
    {
        SumRange magnitude = element.Magnitude;
        bool? isExact = element.IsExactInAnyOrder(SignificandBits);
        long n = element.NonzeroProducts;
        if (n == 0 || isExact == true)
        {
            return BoundLimits.Of(0, 0, magnitude);
        }

        double rounding = ErrorBound.WeightRounding(claim.Weights == WeightDefinition.Rational && element.RoundsInDecode);
        double lower = F32ErrorBound.AnyOrder(n, magnitude.Lower, rounding);
        double upper = F32ErrorBound.AnyOrder(n, magnitude.Upper, rounding);
        if (claim.Order == SummationOrder.Pairwise)
        {
            lower = Math.Min(lower, F32ErrorBound.Pairwise(n, length, magnitude.Lower, rounding));
            upper = Math.Min(upper, F32ErrorBound.Pairwise(n, length, magnitude.Upper, rounding));
        }
        else if (IsChained)
        {
            // A zero product takes at most one rounding from each of those in its block, and an empty block one from each in the chain.
            long zeros = length - n;
            double missing = Math.Min(zeros, blockLength) + (zeros / blockLength);
            double least = Math.Max(element.Second.Lower - (missing * magnitude.Upper), magnitude.Lower);
            double mostRoundings = blockLength + Blocks - 1;
            lower = Math.Min(lower, F32ErrorBound.Weighted(1, least, magnitude.Lower, rounding));
            upper = Math.Min(upper, F32ErrorBound.Weighted(mostRoundings, element.Second.Upper, magnitude.Upper, rounding));
        }

        return BoundLimits.Of(isExact == false ? lower : 0, upper, magnitude);
    }

    /// <summary>h_i where no product is zero: one for the product, and the additions of two nonempty sums in its block and in the chain of blocks.</summary>
    private int Roundings(int index)
    {
        (int block, int place) = Math.DivRem(index, blockLength);
        return 1 + (place == 0 ? blockLength - 1 : blockLength - place) + (block == 0 ? Blocks - 1 : Blocks - block);
    }
}

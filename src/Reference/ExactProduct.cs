namespace Spanker.Conformance.Reference;

/// <summary>The exact product OUT = A * B^T of Q4_K operands, in 128-bit integers, rounded once.</summary>
/// <remarks>
/// A product of two weights is an integer below 2^100 in units of 2^-48, so up to 2^27 of them sum to less than 2^127.
/// CONTRACT NUM-2; docs/numerics.md, section 2.
/// </remarks>
public static class ExactProduct
{
    /// <summary>The exact dot product <c>sum_i a_i * b_i</c> of two rows.</summary>
    public static ExactValue Dot(ExactRow a, ExactRow b) => Element(a, b).Value;

    /// <summary>The exact dot product, with the number and the magnitude of its products.</summary>
    /// <exception cref="ArgumentException">The rows differ in length or in what a weight is worth.</exception>
    public static ExactElement Element(ExactRow a, ExactRow b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Length != b.Length || a.Definition != b.Definition)
        {
            throw new ArgumentException($"Rows must agree: {a.Length} weights ({a.Definition}) against {b.Length} ({b.Definition}).", nameof(b));
        }

        (Int128 sum, Int128 positiveSum, long nonzero, UInt128 anyBit) = Accumulate(a.Units, b.Units);
        // The negative products sum to sum - positiveSum, so the magnitudes to positiveSum - (sum - positiveSum).
        var magnitude = (UInt128)(positiveSum - (sum - positiveSum));
        ExactValue value = a.HasNonFinite || b.HasNonFinite ? NonFiniteValue(a, b) : ExactValue.Finite(sum);
        return new ExactElement(a, b, value, nonzero, DirectedRounding.Up(magnitude, ExactValue.UnitExponent), CommonUnit(anyBit));
    }

    /// <summary>The correctly rounded product of whole operands.</summary>
    /// <param name="a">A, [m x k] weights in m*(k/256)*144 bytes.</param>
    /// <param name="b">B, [n x k] weights in n*(k/256)*144 bytes.</param>
    /// <param name="m">Rows of A and of OUT.</param>
    /// <param name="k">Weights in a row; a positive multiple of 256.</param>
    /// <param name="n">Rows of B, columns of OUT.</param>
    /// <param name="definition">What a weight is worth.</param>
    /// <param name="threads">Threads to use; at least 1.</param>
    /// <param name="destination">OUT, [m x n] row major; may be longer.</param>
    /// <param name="cancellation">Ends the work between tiles.</param>
    /// <exception cref="ArgumentException">A length does not fit the shape.</exception>
    /// <exception cref="OperationCanceledException">It was ended; what was written until then stays.</exception>
    public static void Matmul(
        ReadOnlyMemory<byte> a,
        ReadOnlyMemory<byte> b,
        ulong m,
        ulong k,
        ulong n,
        WeightDefinition definition,
        int threads,
        Memory<float> destination,
        CancellationToken cancellation = default)
    {
        if (k == 0 || k % Q4KLayout.BlockWeights != 0 || k > ExactRow.MaxLength)
        {
            throw new ArgumentException($"k must be a positive multiple of {Q4KLayout.BlockWeights} up to {ExactRow.MaxLength}, not {k}.", nameof(k));
        }

        int blocks = (int)(k / Q4KLayout.BlockWeights);
        int rowBytes = blocks * Q4KLayout.BlockBytes;
        if ((UInt128)m * (uint)rowBytes != (uint)a.Length || (UInt128)n * (uint)rowBytes != (uint)b.Length || (UInt128)m * n > (uint)destination.Length)
        {
            throw new ArgumentException(
                $"m = {m}, k = {k}, n = {n} do not fit A of {a.Length} bytes, B of {b.Length} bytes and {destination.Length} results.", nameof(m));
        }

        ExactTiles.Run(OperandRows.Of(a, rowBytes), OperandRows.Of(b, rowBytes), blocks, definition, threads, new RoundedElements(destination, (int)n), cancellation);
    }

    // A number and its negative have the same lowest bit, so the lowest bit set in any product divides them all.
    private static double CommonUnit(UInt128 anyBit) => anyBit == 0
        ? double.PositiveInfinity
        : Math.ScaleB(1, (int)UInt128.TrailingZeroCount(anyBit) + ExactValue.UnitExponent);

    /// <summary>The sum of all products, the sum of the positive ones, how many are not zero, and every bit that is set in any of them.</summary>
    private static (Int128 Sum, Int128 PositiveSum, long Nonzero, UInt128 AnyBit) Accumulate(ReadOnlySpan<long> a, ReadOnlySpan<long> b)
    {
        // Two's complement in two limbs. Nothing is lost: each true sum lies below 2^127 in magnitude, and carries wrap by design.
        unchecked
        {
            ulong sumLow = 0, positiveLow = 0;
            long sumHigh = 0, positiveHigh = 0, nonzero = 0;
            ulong anyLow = 0, anyHigh = 0;
            for (int i = 0; i < a.Length && i < b.Length; i++)
            {
                long high = Math.BigMul(a[i], b[i], out long lowBits);
                ulong low = (ulong)lowBits;
                sumLow += low;
                sumHigh += high + (sumLow < low ? 1 : 0);

                long keepIfPositive = ~(high >> 63);
                ulong positive = low & (ulong)keepIfPositive;
                positiveLow += positive;
                positiveHigh += (high & keepIfPositive) + (positiveLow < positive ? 1 : 0);

                nonzero += (low | (ulong)high) != 0 ? 1 : 0;
                anyLow |= low;
                anyHigh |= (ulong)high;
            }

            return (new Int128((ulong)sumHigh, sumLow), new Int128((ulong)positiveHigh, positiveLow), nonzero, new UInt128(anyHigh, anyLow));
        }
    }

    /// <summary>The dot product in the extended reals, when some weight is not finite (CONTRACT NUM-4).</summary>
    private static ExactValue NonFiniteValue(ExactRow a, ExactRow b)
    {
        bool hasPositive = false;
        bool hasNegative = false;
        for (int i = 0; i < a.Length; i++)
        {
            WeightKind left = a.KindOf(i);
            WeightKind right = b.KindOf(i);
            if (left == WeightKind.Finite && right == WeightKind.Finite)
            {
                continue;
            }

            int sign = Sign(left, a.Units[i]) * Sign(right, b.Units[i]);
            if (left == WeightKind.NaN || right == WeightKind.NaN || sign == 0)
            {
                return new ExactValue(ExactValueKind.NaN, 0);
            }

            hasPositive |= sign > 0;
            hasNegative |= sign < 0;
        }

        ExactValueKind kind = hasPositive && hasNegative ? ExactValueKind.NaN
            : hasPositive ? ExactValueKind.PositiveInfinity
            : ExactValueKind.NegativeInfinity;
        return new ExactValue(kind, 0);
    }

    private static int Sign(WeightKind kind, long units) => kind switch
    {
        WeightKind.PositiveInfinity => 1,
        WeightKind.NegativeInfinity => -1,
        _ => Math.Sign(units),
    };
}

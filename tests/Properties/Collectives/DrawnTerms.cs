using Spanker.Conformance.Tests.Support;

namespace Spanker.Conformance.Tests.Properties.Collectives;

/// <summary>One finite value a card: of any exponent, of near exponents, cancelling, of few bits, subnormal, or near the largest number.</summary>
internal static class DrawnTerms
{
    public static float[] Draw(SplitMix64 stream, int cards)
    {
        int kind = stream.Below(6);
        float[] terms = [.. Enumerable.Range(0, cards).Select(_ => Term(stream, kind))];
        for (int i = 1; i < cards && kind == 1; i += 2)
        {
            terms[i] = stream.OneIn(3) ? -terms[i - 1] : -MathF.BitIncrement(terms[i - 1]);
        }

        return terms;
    }

    /// <summary>A binary32 of given sign, exponent field and 23-bit fraction.</summary>
    public static float Single(bool isNegative, int exponentField, int fraction) =>
        BitConverter.Int32BitsToSingle((isNegative ? int.MinValue : 0) | (exponentField << 23) | fraction);

    private static float Term(SplitMix64 stream, int kind)
    {
        bool isNegative = stream.OneIn(2);
        int fraction = stream.Below(1 << 23);
        return kind switch
        {
            0 => Single(isNegative, stream.Below(255), fraction),
            1 => Single(isNegative, 120 + stream.Below(4), fraction),
            2 => Single(isNegative, 127 + stream.Below(24), fraction),
            3 => stream.Below(2001) - 1000,
            4 => Single(isNegative, stream.Below(3), fraction),
            _ => Single(isNegative, 250 + stream.Below(5), fraction),
        };
    }
}

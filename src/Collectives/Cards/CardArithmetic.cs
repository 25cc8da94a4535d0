using System.Numerics;

namespace Spanker.Conformance.Collectives;

/// <summary>The arithmetic of a card: binary32, element by element. Its own, so that the reference that judges it is another.</summary>
public static class CardArithmetic
{
    /// <summary>destination[i] = lower[i] op upper[i]; the lower card's value is the first operand. The destination may be one of the two.</summary>
    public static void Combine(Combination combination, ReadOnlySpan<float> lower, ReadOnlySpan<float> upper, Span<float> destination)
    {
        if (lower.Length != upper.Length || lower.Length != destination.Length)
        {
            throw new ArgumentException($"lengths {lower.Length}, {upper.Length} and {destination.Length} differ");
        }

        int at = 0;
        for (; at <= destination.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            Vector<float> a = new(lower[at..]);
            Vector<float> b = new(upper[at..]);
            Vector<float> combined = combination switch
            {
                Combination.Sum => a + b,
                Combination.Max => Extreme(a, b, Vector.GreaterThan(a, b), a & b),
                _ => Extreme(a, b, Vector.LessThan(a, b), a | b),
            };
            combined.CopyTo(destination[at..]);
        }

        for (; at < destination.Length; at++)
        {
            destination[at] = Combine(combination, lower[at], upper[at]);
        }
    }

    /// <summary>One element.</summary>
    public static float Combine(Combination combination, float lower, float upper) => combination switch
    {
        Combination.Sum => lower + upper,
        Combination.Max => MathF.Max(lower, upper),
        _ => MathF.Min(lower, upper),
    };

    /// <summary>Divides by the number of cards: the end of an average.</summary>
    public static void Divide(Span<float> values, int cards)
    {
        int at = 0;
        Vector<float> divisor = new(cards);
        for (; at <= values.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            (new Vector<float>(values[at..]) / divisor).CopyTo(values[at..]);
        }

        for (; at < values.Length; at++)
        {
            values[at] /= cards;
        }
    }

    /// <summary>Equal operands differ at most in the sign of zero; a NaN is equal to nothing and wins.</summary>
    private static Vector<float> Extreme(Vector<float> a, Vector<float> b, Vector<int> first, Vector<float> ofEqual)
    {
        Vector<float> chosen = Vector.ConditionalSelect(first, a, b);
        chosen = Vector.ConditionalSelect(Vector.Equals(a, b), ofEqual, chosen);
        return Vector.ConditionalSelect(Vector.Equals(a, a), chosen, a);
    }
}

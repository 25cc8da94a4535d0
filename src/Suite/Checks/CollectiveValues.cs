namespace Spanker.Conformance.Suite;

/// <summary>What the buffers of a collective case hold.</summary>
public static class CollectiveValues
{
    private static readonly float[] Specials =
    [
        float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f, float.Epsilon, -float.Epsilon, 1f, -1f, float.MaxValue, -float.MaxValue,
    ];

    /// <summary>The values of one card.</summary>
    public static float[] Make(CollectiveCase tried, int card, int length)
    {
        ArgumentNullException.ThrowIfNull(tried);
        float[] values = new float[length];
        for (int i = 0; i < length; i++)
        {
            CaseRandom random = CaseRandom.Keyed(tried.Seed, (ulong)card, (ulong)i);
            values[i] = tried.Data switch
            {
                // Unique to card and index, sums of sixteen cards below 2^24.
                CollectiveData.Exact => (i * 16) + card + 1,
                CollectiveData.Cancelling => Cancelling(ref random, card),
                _ => Special(tried.Seed, card, i),
            };
        }

        return values;
    }

    // Every pair of special values meets on Sail 0 and each other Sail within any 121 elements; the seed says with which pair they begin.
    private static float Special(ulong seed, int card, int index)
    {
        int count = Specials.Length;
        int pair = (int)(((seed % (ulong)(count * count)) + (ulong)index) % (ulong)(count * count));
        return card == 0 ? Specials[pair % count] : Specials[((pair / count) + card - 1) % count];
    }

    // Great numbers of either sign on even and odd cards, small ones besides: another order of addition loses other small ones.
    private static float Cancelling(ref CaseRandom random, int card)
    {
        float great = MathF.ScaleB(1f, random.Next(20, 28));
        return (card % 2 == 0 ? great : -great) + random.NextNormal();
    }
}

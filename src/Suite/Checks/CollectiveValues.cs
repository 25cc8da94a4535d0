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
                _ => random.OneIn(3) ? random.NextNormal() : Specials[random.Next(Specials.Length)],
            };
        }

        return values;
    }

    // Great numbers of either sign on even and odd cards, small ones besides: another order of addition loses other small ones.
    private static float Cancelling(ref CaseRandom random, int card)
    {
        float great = MathF.ScaleB(1f, random.Next(20, 28));
        return (card % 2 == 0 ? great : -great) + random.NextNormal();
    }
}

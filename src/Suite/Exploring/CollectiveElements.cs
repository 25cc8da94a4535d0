namespace Spanker.Conformance.Suite;

/// <summary>Makes the buffers of a collective; the same for the same arguments.</summary>
public static class CollectiveElements
{
    /// <summary>The most cards whose elements stay distinct.</summary>
    public const int MostCards = 64;

    /// <summary>The element of a card.</summary>
    /// <param name="kind">Of which kind.</param>
    /// <param name="card">Whose.</param>
    /// <param name="index">Where.</param>
    public static float Element(CollectiveDataKind kind, int card, int index)
    {
        // Below 2^22, so that the sum of 4 cards is exact in binary32 and that of 64 small enough.
        int mark = index % 4096 * MostCards + card + 1;
        switch (kind)
        {
            case CollectiveDataKind.Exact:
                return mark;
            case CollectiveDataKind.Cancelling:
                // Of each three cards two cancel at each element; which two moves with the index. A multiple of 64 up to 2^30 is exact.
                float great = (1 << 29) + 64 * (index % 4096 + 4096 * (card / 3));
                return ((card + index) % 3) switch
                {
                    0 => great,
                    1 => -great,
                    _ => mark * (1f / 4096),
                };
            default:
                return ((card * 5 + index) % 11) switch
                {
                    0 when index % 7 == 3 => float.NaN,
                    1 when index % 5 == 2 => float.PositiveInfinity,
                    2 when index % 5 == 4 => float.NegativeInfinity,
                    3 => -0.0f,
                    4 => 0.0f,
                    5 => mark * float.Epsilon,
                    _ => mark * 0.37f,
                };
        }
    }

    /// <summary>Fills a card's buffer.</summary>
    public static void Fill(CollectiveDataKind kind, int card, Span<float> buffer)
    {
        for (int index = 0; index < buffer.Length; index++)
        {
            buffer[index] = Element(kind, card, index);
        }
    }
}

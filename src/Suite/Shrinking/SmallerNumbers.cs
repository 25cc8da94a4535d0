namespace Spanker.Conformance.Suite;

/// <summary>The numbers that a shrinker puts in the place of one.</summary>
internal static class SmallerNumbers
{
    private const ulong MostStepped = 1024;

    /// <summary>All smaller ones from <paramref name="least"/> on in ascending order; beyond a thousand, the powers of two alone.</summary>
    public static IEnumerable<ulong> Than(ulong current, ulong least)
    {
        for (ulong value = least; value < Math.Min(current, MostStepped); value++)
        {
            yield return value;
        }

        for (ulong value = MostStepped; value < current && value != 0; value = value << 1)
        {
            yield return value;
        }
    }
}

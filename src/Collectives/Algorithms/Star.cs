namespace Spanker.Conformance.Collectives;

/// <summary>The links between card 0 and each other card.</summary>
internal static class Star
{
    internal static IEnumerable<(int From, int To)> Links(int cards)
    {
        for (int card = 1; card < cards; card++)
        {
            yield return (card, 0);
            yield return (0, card);
        }
    }
}

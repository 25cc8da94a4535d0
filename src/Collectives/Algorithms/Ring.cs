namespace Spanker.Conformance.Collectives;

/// <summary>The links of a ring.</summary>
internal static class Ring
{
    internal static IEnumerable<(int From, int To)> Links(int cards) =>
        cards < 2 ? [] : Enumerable.Range(0, cards).Select(card => (card, (card + 1) % cards));
}

using System.Numerics;

namespace Spanker.Conformance.Collectives;

/// <summary>Cards beyond a power of two: with P the greatest power of two up to N, cards 2i and 2i + 1 form a group for i &lt; N - P, each other card one alone.</summary>
/// <remarks>The even card speaks for its group. After Thakur, Rabenseifner and Gropp, Int. J. High Performance Computing Applications 19 (2005), section 4.</remarks>
internal readonly struct Groups(int cards)
{
    /// <summary>P.</summary>
    internal int Count { get; } = 1 << BitOperations.Log2((uint)cards);

    private int Pairs => cards - Count;

    /// <summary>The group of a card.</summary>
    internal int Of(int card) => card < 2 * Pairs ? card / 2 : card - Pairs;

    /// <summary>The card that speaks for a group.</summary>
    internal int SpeakerOf(int group) => group < Pairs ? 2 * group : group + Pairs;

    /// <summary>True if the card only gives its values to the card before it, and takes the result from it.</summary>
    internal bool IsSilent(int card) => card < 2 * Pairs && card % 2 == 1;

    /// <summary>True if the card speaks for the one after it, too.</summary>
    internal bool HasSilent(int card) => card < 2 * Pairs && card % 2 == 0;

    /// <summary>Links between each pair and between speakers at every power of two.</summary>
    internal IEnumerable<(int From, int To)> Links()
    {
        for (int pair = 0; pair < Pairs; pair++)
        {
            yield return (2 * pair, 2 * pair + 1);
            yield return (2 * pair + 1, 2 * pair);
        }

        for (int distance = 1; distance < Count; distance *= 2)
        {
            for (int group = 0; group < Count; group++)
            {
                yield return (SpeakerOf(group), SpeakerOf(group ^ distance));
            }
        }
    }
}

using System.Globalization;

namespace Spanker.Conformance.Suite;

/// <summary>One part of a run that is split over machines: every Count-th case, beginning with the Index-th.</summary>
/// <param name="Index">From 1 to <paramref name="Count"/>.</param>
/// <param name="Count">How many parts there are.</param>
public readonly record struct Shard(int Index, int Count)
{
    /// <summary>The whole run.</summary>
    public static Shard Whole => new(Index: 1, Count: 1);

    /// <summary>Whether the case at a place in the plan belongs to this part.</summary>
    public bool Holds(int place) => place % Count == Index - 1;

    /// <summary>Reads <c>I/N</c>.</summary>
    public static bool TryParse(string text, out Shard shard)
    {
        ArgumentNullException.ThrowIfNull(text);
        shard = Whole;
        string[] parts = text.Split('/');
        if (parts.Length != 2
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            || index < 1
            || index > count)
        {
            return false;
        }

        shard = new(index, count);
        return true;
    }
}

namespace Spanker.Conformance.Axi4;

/// <summary>Comparison of wide values by their words.</summary>
internal static class WordsMatch
{
    /// <summary>Whether the first <paramref name="words"/> words are the same.</summary>
    public static bool Same(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right, int words) => left[..words].SequenceEqual(right[..words]);
}

namespace Spanker.Conformance.Axi4;

/// <summary>Comparison of wide values by their words.</summary>
internal static class WordsMatch
{
    /// <summary>Whether the first <paramref name="words"/> words are the same.</summary>
    public static bool Same(in AxiWords left, in AxiWords right, int words)
    {
        ulong difference = 0;
        for (int word = 0; word < words; word++)
        {
            difference |= left[word] ^ right[word];
        }

        return difference == 0;
    }
}

using System.Runtime.Intrinsics;

namespace Spanker.Conformance.Axi4;

/// <summary>Comparison of wide values by their words.</summary>
internal static class WordsMatch
{
    /// <summary>Whether the first <paramref name="words"/> words are the same.</summary>
    public static bool Same(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right, int words) => words == Vector256<ulong>.Count
        ? Vector256.Create(left) == Vector256.Create(right)
        : left[..words].SequenceEqual(right[..words]);
}

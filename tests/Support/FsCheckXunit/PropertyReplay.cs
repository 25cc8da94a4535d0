using System.Globalization;
using Microsoft.FSharp.Core;

namespace FsCheck.Xunit;

/// <summary>The text form of a replay: "(seed,gamma)" or "(seed,gamma,size)", all decimal; the parentheses may be left out.</summary>
internal static class PropertyReplay
{
    public static string Format(Rnd random) => string.Create(CultureInfo.InvariantCulture, $"({random.Seed},{random.Gamma})");

    public static string Format(Rnd random, int size) =>
        string.Create(CultureInfo.InvariantCulture, $"({random.Seed},{random.Gamma},{size})");

    public static Replay Parse(string text)
    {
        string inner = text.Trim();
        if (inner.StartsWith('(') && inner.EndsWith(')'))
        {
            inner = inner[1..^1];
        }

        string[] parts = inner.Split(',', StringSplitOptions.TrimEntries);
        int size = 0;
        if (parts.Length is not (2 or 3)
            || !ulong.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
            || !ulong.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong gamma)
            || (parts.Length == 3 && !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out size)))
        {
            throw new ArgumentException($"Replay = \"{text}\"; expected \"(seed,gamma)\" or \"(seed,gamma,size)\" in decimal.");
        }

        // An even gamma would visit only half of the generator's states, or one: no run ever printed it.
        if (gamma % 2 == 0)
        {
            throw new ArgumentException($"Replay = \"{text}\"; gamma must be odd.");
        }

        return new Replay(new Rnd(seed, gamma), parts.Length == 3 ? FSharpOption<int>.Some(size) : FSharpOption<int>.None);
    }
}

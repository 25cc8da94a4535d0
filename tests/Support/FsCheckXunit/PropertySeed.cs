using System.Globalization;
using Microsoft.FSharp.Core;

namespace FsCheck.Xunit;

/// <summary>
/// The one seed of a test run. It is 1 unless the environment variable SPANKER_PROPERTY_SEED holds another 64-bit number (decimal, or hexadecimal after 0x);
/// every property derives its own start from it and from its name, so properties are independent of each other and of the order in which they run.
/// </summary>
public readonly record struct PropertySeed(ulong Value)
{
    /// <summary>The variable that overrides the seed.</summary>
    public const string Variable = "SPANKER_PROPERTY_SEED";

    /// <summary>The seed when the variable is absent or empty.</summary>
    public const ulong Default = 1;

    /// <summary>Reads the variable through <paramref name="environment"/>; text that is no number is refused.</summary>
    public static PropertySeed From(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        string? text = environment(Variable);
        if (string.IsNullOrEmpty(text))
        {
            return new PropertySeed(Default);
        }

        bool isHexadecimal = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return ulong.TryParse(
            isHexadecimal ? text.AsSpan(2) : text,
            isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
            CultureInfo.InvariantCulture,
            out ulong value)
            ? new PropertySeed(value)
            : throw new ArgumentException($"{Variable} = \"{text}\"; expected a 64-bit number, decimal or hexadecimal after 0x.");
    }

    /// <summary>Where the property of that full name starts: FNV-1a of the name, mixed with the run's seed by SplitMix64's finalizer.</summary>
    public Replay StartOf(string testName)
    {
        ArgumentNullException.ThrowIfNull(testName);

        // Hash arithmetic wraps by definition.
        unchecked
        {
            ulong hash = 0xcbf29ce484222325;
            foreach (char letter in testName)
            {
                hash = (hash ^ letter) * 0x100000001b3;
            }

            ulong mixed = hash + (Value * 0x9e3779b97f4a7c15);
            mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
            return new Replay(new Rnd(mixed ^ (mixed >> 31)), FSharpOption<int>.None);
        }
    }

    /// <summary>As the environment variable would be set.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Variable}={Value}");
}

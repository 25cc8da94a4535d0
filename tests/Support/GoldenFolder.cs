using System.Text.RegularExpressions;

namespace Spanker.Conformance.Tests.Support;

/// <summary>The committed golden files seen from the tests' sources.</summary>
public static partial class GoldenFolder
{
    /// <summary>
    /// The verified files below <paramref name="folder"/> that no test under <paramref name="sources"/> can claim, as paths relative to the folder: neither does a source file
    /// <c>{Type}.cs</c> declare the method of <c>{Type}.{Method}...</c>, nor does any source quote the file's name before ".verified.".
    /// </summary>
    public static IReadOnlyList<string> Unclaimed(string folder, string sources)
    {
        List<KeyValuePair<string, string>> texts =
            [.. Directory.EnumerateFiles(sources, "*.cs", SearchOption.AllDirectories)
                .Where(path => !Built().IsMatch(path))
                .Select(path => KeyValuePair.Create(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path)))];
        return
            [.. Directory.EnumerateFiles(folder, "*.verified.*", SearchOption.AllDirectories)
                .Where(path => !texts.Any(source => Claims(source.Key, source.Value, StemOf(path))))
                .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
                .Order(StringComparer.Ordinal)];
    }

    private static string StemOf(string path)
    {
        string name = Path.GetFileName(path);
        return name[..name.LastIndexOf(".verified.", StringComparison.Ordinal)];
    }

    private static bool Claims(string typeName, string text, string stem)
    {
        if (text.Contains($"\"{stem}\"", StringComparison.Ordinal))
        {
            return true;
        }

        // A method's name may itself hold underscores, and parameters follow one: any declared method that is a whole prefix counts.
        return stem.StartsWith(typeName + ".", StringComparison.Ordinal)
            && Declared().Matches(text).Any(match =>
                stem == $"{typeName}.{match.Groups[1].Value}"
                || stem.StartsWith($"{typeName}.{match.Groups[1].Value}_", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"[/\\](bin|obj)[/\\]")]
    private static partial Regex Built();

    [GeneratedRegex(@"\bpublic\b[^;={}()]*?\b(\w+)\(")]
    private static partial Regex Declared();
}

using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using Spanker.Conformance.Tests.Support;

namespace VerifyTests;

/// <summary>The two files of one comparison: <c>{stem}.verified.{extension}</c>, which is committed, and <c>{stem}.received.{extension}</c>, which never is.</summary>
public sealed record GoldenName(string Directory, string Stem, string Extension)
{
    /// <summary>A test's source file is compiled under this prefix, which stands for the repository (PathMap).</summary>
    private const string MappedRoot = "/_/";

    /// <summary>Characters that some file system refuses; the list is the same on all of them, so that a name is too.</summary>
    private static readonly System.Buffers.SearchValues<char> Refused =
        System.Buffers.SearchValues.Create("\"\\<>|:*?/\0\a\b\t\n\v\f\r");

    /// <summary>The committed file.</summary>
    public string VerifiedPath => Path.Combine(Directory, $"{Stem}.verified.{Extension}");

    /// <summary>What the test produced, kept only while it differs.</summary>
    public string ReceivedPath => Path.Combine(Directory, $"{Stem}.received.{Extension}");

    /// <summary>The name by Verify's conventions.</summary>
    public static GoldenName Of(MethodInfo testMethod, VerifySettings settings, string sourceFile, string extension)
    {
        ArgumentNullException.ThrowIfNull(testMethod);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(sourceFile);
        string source = sourceFile.StartsWith(MappedRoot, StringComparison.Ordinal)
            ? RepositoryRoot.File(sourceFile[MappedRoot.Length..])
            : sourceFile;
        string directory = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source) ?? string.Empty, settings.Directory ?? string.Empty));
        return new GoldenName(directory, settings.FileName ?? StemOf(testMethod, settings), extension);
    }

    private static string StemOf(MethodInfo method, VerifySettings settings)
    {
        StringBuilder stem = new();
        stem.Append(settings.TypeName ?? NameOf(method.ReflectedType!)).Append('.').Append(settings.MethodName ?? method.Name);
        if (settings.ParametersText is { } text)
        {
            return stem.Append('_').Append(Cleaned(text)).ToString();
        }

        ParameterInfo[] parameters = method.GetParameters();
        IReadOnlyList<object?> values = settings.Parameters ?? [];
        if (values.Count != parameters.Length)
        {
            throw new InvalidOperationException(
                $"{method.Name} has {parameters.Length} parameters and UseParameters was given {values.Count} values; "
                + "without them its cases would share one golden file.");
        }

        for (int index = 0; index < parameters.Length; index++)
        {
            stem.Append('_').Append(parameters[index].Name).Append('=').Append(Cleaned(TextOf(values[index])));
        }

        return stem.ToString();
    }

    private static string NameOf(Type type) => type.DeclaringType is { } outer ? $"{NameOf(outer)}.{type.Name}" : type.Name;

    private static string TextOf(object? value) => value switch
    {
        null => "null",
        string text => text,
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable sequence => $"[{string.Join(',', sequence.Cast<object?>().Select(TextOf))}]",
        _ => value.ToString() ?? string.Empty,
    };

    private static string Cleaned(string text) =>
        string.Create(text.Length, text, static (name, source) =>
        {
            for (int index = 0; index < source.Length; index++)
            {
                name[index] = Refused.Contains(source[index]) ? '-' : source[index];
            }
        });
}

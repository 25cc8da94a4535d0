namespace Spanker.Conformance.Tests.Rtl;

/// <summary>The temporary folder of what is built and dumped, removed when the tests end.</summary>
internal static class BuildFolder
{
    private static readonly Lazy<string> Folder = new(() =>
    {
        DirectoryInfo made = Directory.CreateTempSubdirectory("spanker-rtl-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => made.Delete(recursive: true);
        return made.FullName;
    });

    /// <summary>The path of a file or folder in it.</summary>
    public static string PathOf(string name) => Path.Combine(Folder.Value, name);

    /// <summary>Moves a file out of a folder of a build and removes the rest: a test host at its end has little time to do so.</summary>
    /// <returns>Where the file is now.</returns>
    public static string Keep(string folder, string name)
    {
        string kept = PathOf($"built-{name}");
        File.Move(Path.Combine(folder, name), kept);
        Directory.Delete(folder, recursive: true);
        return kept;
    }

    /// <summary>The folder itself.</summary>
    public static string Root => Folder.Value;
}

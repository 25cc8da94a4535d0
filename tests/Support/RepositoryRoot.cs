namespace Spanker.Conformance.Tests.Support;

/// <summary>The folder of the clone that the tests were built from, found by its solution file.</summary>
public static class RepositoryRoot
{
    private const string Marker = "Spanker.Conformance.sln";

    /// <summary>The absolute path of the folder that holds the solution file.</summary>
    public static string Path { get; } = Find();

    /// <summary>The absolute path of a file that is named relative to the root, with forward slashes.</summary>
    public static string File(string relativePath) => System.IO.Path.Combine(Path, relativePath);

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(System.IO.Path.Combine(folder.FullName, Marker)))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"no folder above {AppContext.BaseDirectory} holds {Marker}");
    }
}

namespace Spanker.Conformance.Tests.Support;

/// <summary>The folder that holds the solution, found from where the tests run, so that no test depends on the working directory.</summary>
public static class RepositoryRoot
{
    private const string Landmark = "Spanker.Conformance.sln";

    private static readonly Lazy<string> Found = new(Locate);

    /// <summary>The absolute path of the repository.</summary>
    public static string Path => Found.Value;

    /// <summary>The absolute path of a file or folder named from the repository's root with forward slashes.</summary>
    public static string File(string relative) => System.IO.Path.GetFullPath(System.IO.Path.Combine(Path, relative));

    private static string Locate()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(System.IO.Path.Combine(folder.FullName, Landmark)))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No {Landmark} in {AppContext.BaseDirectory} or above it.");
    }
}

namespace Spanker.Conformance.Suite.Reports;

/// <summary>A file that appears whole or not at all: it is written under another name beside its place, then moved over what was there.</summary>
public static class WholeFile
{
    /// <summary>What the other name ends in.</summary>
    public const string Beside = ".tmp";

    /// <summary>Writes the file.</summary>
    /// <exception cref="IOException">It cannot be written; what was there before is still there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string beside = path + Beside;
        try
        {
            using (FileStream file = new(beside, FileMode.Create, FileAccess.Write))
            {
                write(file);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch (ArgumentOutOfRangeException beyond)
        {
            // How the runtime says EFBIG: a limit on the size of files was reached.
            File.Delete(beside);
            throw new IOException($"file too large: '{beside}'", beyond);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            // Half a file is of no use, and it holds room that may be what was wanting.
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>Removes what a killed run left half-written in a folder, if there is one.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="extension">Of files that are written there; others are not touched.</param>
    public static void RemoveLeavings(string folder, string extension)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (string left in Directory.EnumerateFiles(folder, "*" + extension + Beside))
        {
            File.Delete(left);
        }
    }
}

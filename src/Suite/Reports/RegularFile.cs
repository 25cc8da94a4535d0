namespace Spanker.Conformance.Suite.Reports;

/// <summary>What a path that a user gave really leads to, found without opening it: to open a pipe is to wait for its writer.</summary>
public static class RegularFile
{
    private const int MostLinks = 40;

    /// <summary>Length in bytes of the file that a path leads to, through links; 0 if it is empty, or a pipe, a device or a socket.</summary>
    /// <exception cref="FileNotFoundException">Nothing is there, or a folder.</exception>
    /// <exception cref="IOException">The links go in a circle.</exception>
    public static long LengthBytes(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException("no such file", path);
        }

        // A link's own length is that of its text. An open pipe under /proc/self/fd is a link to a name that is no file.
        FileInfo file = new(Resolve(path));
        return file.Exists ? file.Length : 0;
    }

    /// <summary>The full path with every link on the way followed, folders too; the last part need not exist.</summary>
    /// <exception cref="IOException">The links go in a circle.</exception>
    public static string Resolve(string path)
    {
        string full = Path.GetFullPath(path);
        string root = Path.GetPathRoot(full)!;
        Stack<string> ahead = new(Parts(full[root.Length..]));
        string reached = root;
        int links = 0;
        while (ahead.TryPop(out string? part))
        {
            if (part == "..")
            {
                reached = Path.GetDirectoryName(reached) ?? root;
                continue;
            }

            string next = Path.Combine(reached, part);
            if (new FileInfo(next).LinkTarget is not string target)
            {
                reached = next;
                continue;
            }

            if (++links > MostLinks)
            {
                throw new IOException($"more than {MostLinks} links, one behind the other");
            }

            string targetRoot = Path.GetPathRoot(target) ?? string.Empty;
            reached = targetRoot.Length > 0 ? targetRoot : reached;
            foreach (string further in Parts(target[targetRoot.Length..]))
            {
                ahead.Push(further);
            }
        }

        return reached;
    }

    // The last part first, as a stack takes them.
    private static IEnumerable<string> Parts(string path) =>
        path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").Reverse();
}

using System.Globalization;
using System.Text;
using Spanker.Conformance.Suite.Reports;

namespace Spanker.Conformance.Suite;

/// <summary>A folder of cases that once broke a clause: one token a file, named after the clause and a hash of the token.</summary>
/// <remarks><c>MM-13-0123456789abcdef.case</c> holds <c>token@device-spec</c> and a line feed; a line that begins with # is a remark.</remarks>
public sealed class FuzzCorpus
{
    private const string Extension = CaseFile.Extension;
    private const long MostBytes = 1 << 24;

    private readonly string folder;

    private FuzzCorpus(string folder, IReadOnlyList<(string File, Case Case)> entries)
    {
        this.folder = folder;
        Entries = entries;
    }

    /// <summary>The cases that the folder held when it was opened, by file name.</summary>
    public IReadOnlyList<(string File, Case Case)> Entries { get; }

    /// <summary>Opens a folder, which is made if there is none, and reads its cases.</summary>
    /// <exception cref="FormatException">A file holds no token; the message names the file.</exception>
    /// <exception cref="IOException">The folder cannot be read or made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read or made.</exception>
    public static FuzzCorpus Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Directory.CreateDirectory(folder);
        WholeFile.RemoveLeavings(folder, Extension);
        List<(string, Case)> entries = [];
        foreach (string file in Directory.EnumerateFiles(folder, "*" + Extension).Order(StringComparer.Ordinal))
        {
            entries.Add((file, Read(file)));
        }

        return new FuzzCorpus(folder, entries);
    }

    /// <summary>Keeps a case that breaks a clause on a device; writing one that is there already changes nothing.</summary>
    /// <returns>Its file.</returns>
    /// <exception cref="IOException">It cannot be written; there is no half of it either, which the next search would trip over.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public string Add(string clause, Case broken, string spec)
    {
        ArgumentNullException.ThrowIfNull(broken);
        string hash = CaseRandom.Word(clause + " " + broken.Token).ToString("x16", CultureInfo.InvariantCulture);
        string file = Path.Combine(folder, $"{clause}-{hash}{Extension}");
        if (!File.Exists(file))
        {
            WholeFile.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(CaseToken.WithDevice(broken, spec) + "\n")));
        }

        return file;
    }

    private static Case Read(string file)
    {
        long length = RegularFile.LengthBytes(file);
        if (length == 0)
        {
            throw new FormatException($"corpus file '{file}' is empty, or no regular file; a file holds one token");
        }

        if (length > MostBytes)
        {
            throw new FormatException($"corpus file '{file}' is longer than {MostBytes} bytes; a file holds one token");
        }

        string[] lines = [.. File.ReadLines(file).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
        if (lines.Length != 1)
        {
            throw new FormatException($"corpus file '{file}' holds {lines.Length} tokens; a file holds one");
        }

        try
        {
            return CaseToken.Parse(CaseToken.Split(lines[0]).CaseText);
        }
        catch (FormatException damaged)
        {
            throw new FormatException($"corpus file '{file}': {damaged.Message}");
        }
    }
}

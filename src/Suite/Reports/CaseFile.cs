using System.Text;

namespace Spanker.Conformance.Suite.Reports;

/// <summary>A token in a file: lines that begin with # say something to people, one other line is the token.</summary>
public static class CaseFile
{
    /// <summary>The longest file that is read; the largest operands that a failure is shrunk to, 4 MiB, fit in base 64.</summary>
    public const int MostBytes = 16 << 20;

    /// <summary>What the names of such files end in.</summary>
    public const string Extension = ".case";

    /// <summary>The file of a failure.</summary>
    public static string ToText(ReportedFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        StringBuilder text = new();
        text.Append("# ").Append(failure.Failure.Clause).Append(": ").Append(PrintableText.Of(failure.Failure.Deviation.Message)).Append('\n');
        text.Append(failure.Token).Append('\n');
        return text.ToString();
    }

    /// <summary>The token of a file.</summary>
    /// <exception cref="FormatException">It is no regular file, or too long, or does not hold exactly one token.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string Read(string path)
    {
        long length = RegularFile.LengthBytes(path);
        if (length == 0)
        {
            throw new FormatException($"case file '{PrintableText.Of(path)}' is empty, or no regular file; one line without # must be the token");
        }

        if (length > MostBytes)
        {
            throw new FormatException($"case file '{PrintableText.Of(path)}' has {length} bytes; a case file has at most {MostBytes}");
        }

        string[] tokens = [.. File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
        return tokens.Length == 1
            ? tokens[0]
            : throw new FormatException($"case file '{PrintableText.Of(path)}' holds {tokens.Length} tokens; one line without # must be the token");
    }
}

using System.Globalization;
using System.Text;

namespace Spanker.Conformance.Suite.Gguf;

/// <summary>A file that is not a GGUF file which this reader accepts. The message is one line: what is wrong, at which byte, and what would be right.</summary>
public sealed class GgufException : Exception
{
    private const int QuotedLength = 80;

    /// <summary>A fault of the content at byte <paramref name="offsetBytes"/> of the file.</summary>
    public GgufException(ulong offsetBytes, string fault, string expected)
        : base($"byte {offsetBytes}: {fault}; expected {expected}")
    {
        OffsetBytes = offsetBytes;
    }

    private GgufException(string message, ulong? offsetBytes, Exception inner)
        : base(message, inner)
    {
        OffsetBytes = offsetBytes;
    }

    /// <summary>The byte of the file at which the fault was seen; null if the file could not be read at all.</summary>
    public ulong? OffsetBytes { get; }

    /// <summary>The fault <paramref name="inner"/>, with the file that it was seen in.</summary>
    internal static GgufException InFile(string path, GgufException inner) =>
        new($"{Quote(path)}, {inner.Message}", inner.OffsetBytes, inner);

    /// <summary>A file that could not be opened or mapped.</summary>
    internal static GgufException Unreadable(string path, string reason, Exception inner) =>
        new($"{Quote(path)}: {OneLine(reason)}", offsetBytes: null, inner);

    /// <summary>Text from a file or a path, quoted so that it cannot break the line, drive a terminal or fill the screen.</summary>
    internal static string Quote(string text) => text.Length <= QuotedLength
        ? $"'{OneLine(text)}'"
        : $"'{OneLine(text[..QuotedLength])}' (and {text.Length - QuotedLength} characters more)";

    private static string OneLine(string text)
    {
        StringBuilder line = new(text.Length);
        foreach (char c in text)
        {
            bool plain = char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
            _ = plain ? line.Append(c) : line.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }

        return line.ToString();
    }
}

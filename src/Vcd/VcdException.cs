using System.Globalization;
using System.Text;

namespace Spanker.Conformance.Vcd;

/// <summary>A file that is not a VCD file which this reader accepts, or that does not say which signals are meant. The message is one line: what is wrong, where, and what would be right.</summary>
public sealed class VcdException : Exception
{
    private const int QuotedLength = 80;

    /// <summary>A fault of the content at byte <paramref name="offsetBytes"/>, in line <paramref name="line"/> (from 1).</summary>
    public VcdException(long offsetBytes, long line, string fault, string expected, bool isIncomplete = false)
        : base($"byte {offsetBytes}, line {line}: {fault}; expected {expected}")
    {
        OffsetBytes = offsetBytes;
        Line = line;
        IsIncomplete = isIncomplete;
    }

    /// <summary>A fault that is of no one place in the file, such as two interfaces where one is asked for.</summary>
    public VcdException(string fault, string expected)
        : base($"{fault}; expected {expected}")
    {
    }

    private VcdException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>The byte of the file at which the fault was seen; null if it is of no one place.</summary>
    public long? OffsetBytes { get; }

    /// <summary>The line of the file, from 1; null if the fault is of no one place.</summary>
    public long? Line { get; }

    /// <summary>True if the file ends before its header does: nothing in it is known to be wrong, the rest is missing.</summary>
    public bool IsIncomplete { get; }

    /// <summary>A file that could not be opened or read.</summary>
    internal static VcdException Unreadable(string path, string reason, Exception inner) => new($"{Quote(path)}: {OneLine(reason)}", inner);

    /// <summary>Text from a file, quoted so that it cannot break the line, drive a terminal or fill the screen.</summary>
    internal static string Quote(ReadOnlySpan<byte> text) => Quote(Encoding.Latin1.GetString(text[..Math.Min(text.Length, QuotedLength)]), text.Length);

    /// <summary>Text from a file or a path, quoted so that it cannot break the line, drive a terminal or fill the screen.</summary>
    internal static string Quote(string text) => Quote(text.Length <= QuotedLength ? text : text[..QuotedLength], text.Length);

    private static string Quote(string start, int length) =>
        start.Length == length ? $"'{OneLine(start)}'" : $"'{OneLine(start)}' (and {length - start.Length} characters more)";

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

using System.Globalization;
using System.Text;

namespace Spanker.Conformance.Suite.Reports;

/// <summary>Text of foreign origin (a device's own words, a path) made fit for a line of a terminal, for XML 1.0 and for JSON.</summary>
public static class PrintableText
{
    /// <summary>The text on one line: what drives a terminal, breaks a line or is no character becomes <c>\uXXXX</c>.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder line = new(text.Length);
        for (int at = 0; at < text.Length;)
        {
            bool isWhole = Rune.TryGetRuneAt(text, at, out Rune rune);
            bool isPlain = isWhole && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);
            int length = isWhole ? rune.Utf16SequenceLength : 1;
            for (int i = at; i < at + length; i++)
            {
                _ = isPlain ? line.Append(text[i]) : line.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
            }

            at += length;
        }

        return line.ToString();
    }
}

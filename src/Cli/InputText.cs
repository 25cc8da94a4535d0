using System.Globalization;
using System.Text;

namespace Spanker.Conformance.Cli;

/// <summary>Reads the values of options, and quotes what users gave.</summary>
internal static class InputText
{
    private const int QuotedLength = 120;

    /// <summary>The option's value.</summary>
    /// <exception cref="CommandException">It was not given.</exception>
    public static string Required(string? value, string option, string meaning) =>
        string.IsNullOrEmpty(value) ? throw CommandException.Usage($"{option} is missing; it takes {meaning}") : value;

    /// <summary>A whole number, decimal or hexadecimal with 0x in front.</summary>
    /// <exception cref="CommandException">It is none, or not from <paramref name="least"/> to <paramref name="greatest"/>.</exception>
    public static ulong Whole(string text, string option, ulong least = 0, ulong greatest = ulong.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(text);
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        bool isNumber = ulong.TryParse(
            isHex ? text.AsSpan(2) : text, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out ulong value);
        return isNumber && value >= least && value <= greatest
            ? value
            : throw CommandException.Usage($"{option} {Quote(text)}: expected a whole number from {least} to {greatest}");
    }

    /// <summary>A length of time: a number of seconds, or a number with s, m or h behind it.</summary>
    /// <exception cref="CommandException">It is none, or not above 0 and at most 7 days.</exception>
    public static TimeSpan Duration(string text, string option)
    {
        ArgumentNullException.ThrowIfNull(text);
        (double unit, int suffix) = text.Length == 0 ? (1.0, 0) : text[^1] switch
        {
            's' => (1.0, 1),
            'm' => (60.0, 1),
            'h' => (3600.0, 1),
            _ => (1.0, 0),
        };
        const double MostSeconds = 7 * 24 * 3600;
        bool isNumber = double.TryParse(text.AsSpan(0, text.Length - suffix), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number);
        return isNumber && number > 0 && number * unit <= MostSeconds
            ? TimeSpan.FromSeconds(number * unit)
            : throw CommandException.Usage($"{option} {Quote(text)}: expected a time such as 30, 90s, 1m or 2h, above 0 and at most 7 days");
    }

    /// <summary>Text on one line and of bounded length, as <see cref="Quote"/> makes it, without the quotes.</summary>
    public static string OneLine(string text) => Quote(text)[1..^1];

    /// <summary>Text in quotes, on one line and of bounded length, whatever it holds.</summary>
    public static string Quote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder line = new("'");
        foreach (char c in text.Length <= QuotedLength ? text : text[..QuotedLength])
        {
            bool isPlain = char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
            _ = isPlain ? line.Append(c) : line.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }

        return line.Append(text.Length <= QuotedLength ? "'" : "..'").ToString();
    }
}

using System.Collections;
using System.Globalization;
using System.Text;

namespace FsCheck.Xunit;

/// <summary>Arguments as a reader can retype them: strings quoted and escaped, numbers in the invariant culture, sequences in brackets.</summary>
internal static class ArgumentText
{
    /// <summary>Elements shown of one sequence; the rest is counted.</summary>
    private const int ShownElements = 256;

    public static string Of(IEnumerable<object?> arguments)
    {
        StringBuilder text = new("(");
        string separator = string.Empty;
        foreach (object? argument in arguments)
        {
            text.Append(separator);
            Append(text, argument);
            separator = ", ";
        }

        return text.Append(')').ToString();
    }

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string words:
                AppendQuoted(text, words);
                break;
            case char letter:
                AppendQuoted(text, letter.ToString());
                break;
            case bool truth:
                text.Append(truth ? "true" : "false");
                break;
            case IFormattable formattable:
                text.Append(formattable.ToString(null, CultureInfo.InvariantCulture));
                break;
            case IEnumerable sequence:
                AppendSequence(text, sequence);
                break;
            default:
                text.Append(value);
                break;
        }
    }

    private static void AppendSequence(StringBuilder text, IEnumerable sequence)
    {
        text.Append('[');
        int count = 0;
        foreach (object? element in sequence)
        {
            if (count < ShownElements)
            {
                text.Append(count == 0 ? string.Empty : ", ");
                Append(text, element);
            }

            count++;
        }

        if (count > ShownElements)
        {
            text.Append(CultureInfo.InvariantCulture, $", .. {count} in all");
        }

        text.Append(']');
    }

    private static void AppendQuoted(StringBuilder text, string words)
    {
        text.Append('"');
        foreach (char letter in words)
        {
            _ = letter switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                < ' ' or (>= '\u007f' and < '\u00a0') => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ when char.IsSurrogate(letter) => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ => text.Append(letter),
            };
        }

        text.Append('"');
    }
}

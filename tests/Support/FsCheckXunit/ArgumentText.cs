using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace FsCheck.Xunit;

/// <summary>Arguments as a reader can retype them: strings quoted and escaped, numbers in the invariant culture, sequences in brackets.</summary>
internal static class ArgumentText
{
    /// <summary>Elements shown of one sequence; the rest is counted.</summary>
    private const int ShownElements = 256;

    /// <summary>The arguments by name: "(rows: 4, bytes: [1, 2])". FsCheck hands over several arguments as one tuple, and none as a unit value.</summary>
    public static string Of(IEnumerable<object?> arguments, ParameterInfo[] parameters)
    {
        object?[] values = [.. arguments];
        if (parameters.Length > 1 && values is [ITuple tuple] && tuple.Length == parameters.Length)
        {
            values = [.. Elements(tuple)];
        }

        StringBuilder text = new("(");
        for (int index = 0; index < Math.Min(values.Length, parameters.Length); index++)
        {
            text.Append(index == 0 ? string.Empty : ", ").Append(parameters[index].Name).Append(": ");
            Append(text, values[index]);
        }

        return text.Append(')').ToString();
    }

    private static IEnumerable<object?> Elements(ITuple tuple) => Enumerable.Range(0, tuple.Length).Select(index => tuple[index]);

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string words:
                AppendQuoted(text, '"', words);
                break;
            case char letter:
                AppendQuoted(text, '\'', letter.ToString());
                break;
            case bool truth:
                text.Append(truth ? "true" : "false");
                break;
            case IFormattable formattable:
                text.Append(formattable.ToString(null, CultureInfo.InvariantCulture));
                break;
            case IEnumerable sequence:
                AppendSequence(text, '[', sequence, ']');
                break;
            case ITuple tuple:
                AppendSequence(text, '(', Elements(tuple), ')');
                break;
            default:
                text.Append(value);
                break;
        }
    }

    private static void AppendSequence(StringBuilder text, char opening, IEnumerable sequence, char closing)
    {
        text.Append(opening);
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

        text.Append(closing);
    }

    private static void AppendQuoted(StringBuilder text, char quote, string words)
    {
        text.Append(quote);
        foreach (char letter in words)
        {
            _ = letter switch
            {
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                < ' ' or (>= '\u007f' and < '\u00a0') => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ when char.IsSurrogate(letter) => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"),
                _ when letter == quote => text.Append('\\').Append(quote),
                _ => text.Append(letter),
            };
        }

        text.Append(quote);
    }
}

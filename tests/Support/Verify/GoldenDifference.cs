using System.Globalization;
using System.Text;

namespace VerifyTests;

/// <summary>Says in a few lines where two texts part.</summary>
internal static class GoldenDifference
{
    /// <summary>Characters shown of each line, so that one long line does not flood the message.</summary>
    private const int ShownCharacters = 120;

    private static readonly byte[] ByteOrderMark = [0xef, 0xbb, 0xbf];

    public static string Describe(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        if (expected.StartsWith(ByteOrderMark))
        {
            return "the golden file starts with a byte order mark; golden files are UTF-8 without it.";
        }

        if (expected.Contains((byte)'\r'))
        {
            return $"the golden file has a carriage return on line {LineAt(expected, expected.IndexOf((byte)'\r'))}; golden files end their lines with LF.";
        }

        int common = expected.CommonPrefixLength(actual);
        int line = LineAt(expected, common);
        (string expectedLine, string expectedEnd) = LineAround(expected, common);
        (string actualLine, string actualEnd) = LineAround(actual, common);
        int column = expectedLine.AsSpan().CommonPrefixLength(actualLine);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"line {line}, column {column + 1}\n  expected: {Shown(expectedLine + expectedEnd, column)}\n  actual:   {Shown(actualLine + actualEnd, column)}");
    }

    private static int LineAt(ReadOnlySpan<byte> text, int offset) => text[..offset].Count((byte)'\n') + 1;

    /// <summary>The whole line that holds the offset, and what ends it.</summary>
    private static (string Line, string End) LineAround(ReadOnlySpan<byte> text, int offset)
    {
        int start = text[..offset].LastIndexOf((byte)'\n') + 1;
        int length = text[start..].IndexOf((byte)'\n');
        string line = Encoding.UTF8.GetString(length < 0 ? text[start..] : text.Slice(start, length));
        return (line, length < 0 ? "<end of file>" : "<end of line>");
    }

    private static string Shown(string line, int column)
    {
        int start = Math.Max(0, column - (ShownCharacters / 2));
        int length = Math.Min(ShownCharacters, line.Length - start);
        string prefix = start > 0 ? ".." : string.Empty;
        string suffix = start + length < line.Length ? ".." : string.Empty;
        return $"{prefix}{line.Substring(start, length)}{suffix}";
    }
}
